import type { CardRef } from '../../contracts/card.ts'
import { numberOfLink } from './phone-link.ts'
import {
  CARD_CONTAINER,
  CARD_CONTAINER_ID,
  CARD_PATH,
  CARD_PHONE_LINKS,
  CARD_TITLE,
  MODEL_CALL,
} from './selectors.ts'

/** What the page tells of its card; phones are raw, the background makes them dialable. */
export interface PageCard {
  kind: CardRef['kind']
  id: number
  title: string
  company: string | null
  contact: string | null
  phones: { raw: string; label: string }[]
}

/** Which card this document is, or null when it is none (or a card not yet created). */
export function findCard(document: Document, path: string): Pick<PageCard, 'kind' | 'id'> | null {
  const container = document.querySelector(CARD_CONTAINER)
  if (!container) return null
  const found = CARD_CONTAINER_ID.exec(container.id) ?? CARD_PATH.exec(path)
  if (!found) return null
  const id = Number(found[2])
  return id > 0 ? { kind: found[1]?.toLowerCase() as CardRef['kind'], id } : null
}

/**
 * The card's data out of the inline model script: a snapshot at load, there before the editor
 * has drawn anything. Returns null while the script is not there yet.
 */
export function readModel(document: Document): Record<string, unknown> | null {
  for (const script of document.scripts) {
    if (script.src) continue
    const text = script.textContent ?? ''
    const call = text.indexOf(MODEL_CALL)
    if (call < 0) continue
    const data = text.indexOf('data:', call)
    const json = data < 0 ? null : cutObject(text, text.indexOf('{', data))
    const model = json === null ? null : parse(json)
    if (model) return model
  }
  return null
}

/** Model and page together; without a readable model, what the drawn card shows. */
export function describeCard(
  card: Pick<PageCard, 'kind' | 'id'>,
  document: Document,
  model: Record<string, unknown> | null,
): PageCard {
  const title = text(model?.TITLE) ?? ownText(document.querySelector(CARD_TITLE)) ?? ''
  return {
    ...card,
    title,
    company: card.kind === 'company' ? title || null : text(model?.COMPANY_TITLE),
    contact: contactName(model),
    phones: model ? modelPhones(model.PHONE) : drawnPhones(document),
  }
}

function contactName(model: Record<string, unknown> | null): string | null {
  const parts = [model?.NAME, model?.SECOND_NAME, model?.LAST_NAME].map(text)
  const name = parts.filter((part) => part !== null).join(' ')
  return name || text(model?.FULL_NAME)
}

function modelPhones(value: unknown): PageCard['phones'] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: { VALUE?: unknown; VALUE_TYPE?: unknown }) => {
    const raw = text(entry?.VALUE)
    return raw === null ? [] : [{ raw, label: text(entry.VALUE_TYPE) ?? 'WORK' }]
  })
}

function drawnPhones(document: Document): PageCard['phones'] {
  return [...document.querySelectorAll(CARD_PHONE_LINKS)].flatMap((link) => {
    const raw = numberOfLink(link)
    return raw === null ? [] : [{ raw, label: 'WORK' }]
  })
}

/** Cuts one `{…}` out of a script, minding strings: comments hold braces and quotes. */
function cutObject(source: string, start: number): string | null {
  if (start < 0) return null
  let depth = 0
  let quote = ''
  for (let at = start; at < source.length; at++) {
    const char = source[at] ?? ''
    if (quote) {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '{' || char === '[') depth++
    else if ((char === '}' || char === ']') && --depth === 0) return source.slice(start, at + 1)
  }
  return null
}

/** Older builds write a JS literal with single quotes; that one is left to REST. */
function parse(json: string): Record<string, unknown> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>
  } catch {
    return null
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function ownText(element: Element | null): string | null {
  const nodes = [...(element?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE)
  return text(nodes.map((node) => node.textContent ?? '').join(''))
}
