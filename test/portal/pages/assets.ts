import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { PageReply } from './types.ts'

const WORKAREA_INVISIBLE = '.page__workarea, .page__toolbar { visibility: hidden; }'
const cache = new Map<string, string>()

/**
 * Scripts and styles of the portal. `/bitrix/js/…/name.js` (and `./name.ts` imported by it) is
 * `browser/name.ts` without its types; `/bitrix/css/name.css` is `styles/name.css`.
 */
export function asset(path: string): PageReply | null {
  if (path === '/bitrix/js/crm/css/workareainvisible.css') return reply('css', WORKAREA_INVISIBLE)
  const script = /^\/bitrix\/js\/[a-z]+\/([a-z-]+)\.(?:js|ts)$/.exec(path)?.[1]
  if (script) return fromFile('javascript', `browser/${script}.ts`)
  const style = /^\/bitrix\/css\/([a-z-]+)\.css$/.exec(path)?.[1]
  return style ? fromFile('css', `styles/${style}.css`) : null
}

function fromFile(type: 'css' | 'javascript', name: string): PageReply | null {
  const known = cache.get(name)
  if (known !== undefined) return reply(type, known)
  let source: string
  try {
    source = readFileSync(new URL(name, import.meta.url), 'utf8')
  } catch {
    return null
  }
  const text = type === 'javascript' ? stripTypeScriptTypes(source) : source
  cache.set(name, text)
  return reply(type, text)
}

function reply(type: 'css' | 'javascript', body: string): PageReply {
  return {
    status: 200,
    headers: { 'content-type': `text/${type}; charset=utf-8`, 'cache-control': 'no-cache' },
    body,
  }
}
