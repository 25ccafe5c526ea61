import { phpEntries } from './php.ts'

/**
 * An answer as XML: a tag a key, inside `<response>`. Keys that no tag may have, such as the
 * numbers of a list, become `item` tags; the documentation shows names alone
 * (Bitrix24 docs: settings/how-to-call-rest-api/general-principles.md).
 */
export function toXml(body: unknown): string {
  return `<?xml version="1.0" encoding="utf-8" ?><response>${content(body)}</response>`
}

function content(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return escapeXml(scalar(value))
  return phpEntries(value)
    .map(([key, inner]) => {
      const tag = /^[A-Za-z_][\w.-]*$/.test(key) ? key : 'item'
      return `<${tag}>${content(inner)}</${tag}>`
    })
    .join('')
}

function scalar(value: unknown): string {
  return typeof value === 'boolean' ? (value ? '1' : '') : String(value)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
