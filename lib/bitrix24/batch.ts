/** A value taken from the answer of an earlier command of the same batch. */
export class Reference {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What a parameter may be. `null` empties a field; an empty list or map sends nothing. */
export type Param = string | number | boolean | null | Reference | readonly Param[] | Params
export interface Params {
  readonly [name: string]: Param
}

export interface Command {
  method: string
  params?: Params
}

/** Bitrix24 takes at most so many commands in a batch (Bitrix24 docs: batch). */
export const MAX_COMMANDS = 50

/**
 * `$result[lead][item][companyId]`: documented for scalar values only, and left as it is when
 * there is nothing to put in its place.
 */
export function reference(...path: readonly (string | number)[]): Reference {
  return new Reference(`$result${path.map((step) => `[${step}]`).join('')}`)
}

/** One command of a batch as Bitrix24 reads it: `method?fields[TITLE]=…` (Bitrix24 docs: batch). */
export function encodeCommand({ method, params }: Command): string {
  const query = params === undefined ? '' : encodeQuery(params)
  return query === '' ? method : `${method}?${query}`
}

/** A query string in PHP's manner: nested maps and lists by brackets, booleans as `1` and `0`. */
export function encodeQuery(params: Params): string {
  return Object.entries(params)
    .flatMap(([name, value]) => pairs(escapeText(name), value))
    .join('&')
}

function pairs(name: string, value: Param): string[] {
  if (value instanceof Reference) return [`${name}=${value.text}`]
  if (value === null) return [`${name}=`]
  if (typeof value === 'boolean') return [`${name}=${value ? 1 : 0}`]
  if (typeof value !== 'object') return [`${name}=${escapeText(String(value))}`]
  return Object.entries(value).flatMap(([key, inner]) =>
    pairs(`${name}[${escapeText(key)}]`, inner as Param),
  )
}

/** Half an emoji, left by cutting a text, must not bring a whole result down. */
function escapeText(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
