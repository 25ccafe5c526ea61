/** Markup that is safe to send: made by `html` or vouched for by `raw`. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

type Value = Html | string | number | boolean | null | undefined | readonly Value[]

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for element content and for attributes in either kind of quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

/** Markup that we wrote ourselves, or text that was escaped before. */
export function raw(text: string): Html {
  return new Html(text)
}

/** A template of markup: everything put in is escaped, unless it is `Html` itself. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, index) => text + render(values[index - 1]) + part))
}

function render(value: Value): string {
  if (value === null || value === undefined || typeof value === 'boolean') return ''
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(render).join('')
  return escapeHtml(String(value))
}

/**
 * JSON for an inline script. Bitrix24 encodes with PHP's JSON_HEX_* flags: no `<`, `>`, `&`,
 * apostrophe, inner quote or non-ASCII sign stands there as itself, so no value can end the script.
 */
export function scriptJson(value: unknown): Html {
  const json = JSON.stringify(value ?? null)
  return raw(
    json.replace(/\\["\\]|[<>&']|[\u007f-\uffff]/g, (found) =>
      found === '\\\\'
        ? found
        : `\\u${found
            .charCodeAt(found.length - 1)
            .toString(16)
            .padStart(4, '0')}`,
    ),
  )
}
