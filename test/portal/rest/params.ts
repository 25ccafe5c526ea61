import { isPhpArray } from './php.ts'

/** Parameters of a REST call, as nested as they were given. */
export type Params = Record<string, unknown>

const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Parameters of a query string or form body with PHP's nesting:
 * `filter[>ID]=5&select[]=ID` is `{filter: {'>ID': '5'}, select: {0: 'ID'}}`.
 */
export function parseQuery(query: string): Params {
  const pairs = query.split('&').filter((pair) => pair !== '')
  return parseForm(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      return at === -1
        ? [decode(pair), '']
        : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
    }),
  )
}

/** The same of names and values that are decoded already. */
export function parseForm(pairs: readonly (readonly [string, string])[]): Params {
  const params: Params = {}
  for (const [name, value] of pairs) put(params, path(name), value)
  return params
}

/**
 * Parameters of a whole request: those of the query, overridden by those of the body
 * (Bitrix24 docs: settings/how-to-call-rest-api/data-encoding.md). A body that can't be read
 * gives none.
 */
export function parseRequest(query: string, contentType: string, body: string): Params {
  const fromBody = contentType.includes('json') ? parseJson(body) : parseQuery(body)
  return { ...parseQuery(query), ...fromBody }
}

/** A parameter of the old methods, which take its name in lower case and in upper case. */
export function anyCase(params: Params, name: string): unknown {
  return params[name.toLowerCase()] ?? params[name.toUpperCase()]
}

function parseJson(body: string): Params {
  if (body.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(body)
    return isPhpArray(value) ? value : {}
  } catch {
    return {}
  }
}

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/** `a[b][]` → a, b, and '' for "the next number". */
function path(name: string): string[] {
  const at = name.indexOf('[')
  if (at <= 0) return [name]
  const keys = [...name.slice(at).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
  // A bracket that never closes is part of the name, written as PHP writes it.
  return keys.length === 0 ? [name.replace('[', '_')] : [name.slice(0, at), ...keys]
}

function put(target: Params, keys: string[], value: string): void {
  const [first = '', ...rest] = keys
  const key = first === '' ? String(Object.keys(target).length) : first
  if (UNSAFE_KEYS.has(key)) return
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const existing = target[key]
  const inner: Params = isPhpArray(existing) ? existing : {}
  target[key] = inner
  put(inner, rest, value)
}
