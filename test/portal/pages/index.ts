import type { CardKind } from '../model.ts'
import { asset } from './assets.ts'
import { cardDocument, cardUpdates } from './card-document.ts'
import { cardPage } from './card-page.ts'
import { emptySection } from './empty-section.ts'
import { kanbanPage } from './kanban-page.ts'
import { listPage } from './list-page.ts'
import { messagePage } from './message-page.ts'
import { textsFor } from './text.ts'
import type { PageContext, PageReply, PageRequest } from './types.ts'

export type { PageContext, PageReply, PageRequest } from './types.ts'

/** Inline scripts, handlers and styles are what Bitrix24's pages can't do without. */
const STRICT_CSP =
  "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-src 'self'"

/**
 * The sandbox portal's web pages: lists, cards in sliders, scripts and styles.
 * Null when there is no such page here. Rendering changes nothing in `context.data`.
 */
export function renderPage(request: PageRequest, context: PageContext): PageReply | null {
  const { pathname, searchParams } = request.url
  if (request.method !== 'GET' && request.method !== 'HEAD') return null

  if (pathname === '/favicon.ico') return { status: 204, headers: {}, body: '' }
  const file = asset(pathname)
  if (file) return file

  // `/crm/lead/` leads to the view used last.
  if (pathname === '/' || pathname === '/crm/' || pathname === '/crm/lead/') {
    return redirect('/crm/lead/list/')
  }
  const section = /^\/crm\/(company|contact)\/$/.exec(pathname)?.[1]
  if (section) return redirect(`/crm/${section}/list/`)

  const list = /^\/crm\/(lead|company|contact)\/list\/$/.exec(pathname)?.[1]
  if (list) return page(listPage(list as CardKind, context), context)

  if (pathname === '/crm/lead/kanban/') return page(kanbanPage(context), context)
  if (/^\/(stream|online|tasks|calendar|mail|docs|company)\//.test(pathname)) {
    return page(emptySection(context), context)
  }

  const card = /^\/crm\/(lead|company|contact)\/details\/(\d+)\/$/i.exec(pathname)
  if (card) {
    const kind = card[1]?.toLowerCase() as CardKind
    const id = Number(card[2])
    if (searchParams.get('IFRAME') !== 'Y') return page(cardPage(kind, id, context), context)
    const document = cardDocument(kind, id, context)
    return document === null ? notFound(context) : page(document, context)
  }

  if (pathname === '/bitrix/components/bitrix/crm.timeline/ajax.php') {
    const kind = searchParams.get('type')
    if (kind !== 'lead' && kind !== 'company' && kind !== 'contact') return notFound(context)
    const updates = cardUpdates(kind, Number(searchParams.get('id')), context)
    if (updates === null) return notFound(context)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: updates }
  }
  return null
}

function page(body: string, context: PageContext, status = 200): PageReply {
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (context.strictCsp) headers['content-security-policy'] = STRICT_CSP
  return { status, headers, body }
}

function notFound(context: PageContext): PageReply {
  return page(messagePage(textsFor(context.language).notFound, context.language), context, 404)
}

function redirect(location: string): PageReply {
  return { status: 302, headers: { location }, body: '' }
}
