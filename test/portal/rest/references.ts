import type { Params } from './params.ts'
import { isPhpArray, phpText } from './php.ts'

const REFERENCE = /\$result((?:\[[^[\]]+\])+)/g

/**
 * Puts results of earlier commands into the parameters of a batch command:
 * `$result[find][0][ID]`. Only scalars can be referred to; what isn't found becomes empty
 * (Bitrix24 docs: settings/how-to-call-rest-api/batch.md).
 */
export function resolveReferences(params: Params, results: ReadonlyMap<string, unknown>): Params {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, resolve(value, results)]),
  )
}

function resolve(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (_, path: string) => lookUp(path, results))
  }
  return isPhpArray(value) ? resolveReferences(value, results) : value
}

function lookUp(path: string, results: ReadonlyMap<string, unknown>): string {
  const [first = '', ...rest] = [...path.matchAll(/\[([^[\]]+)\]/g)].map((match) => match[1] ?? '')
  let value: unknown = results.get(first)
  for (const key of rest) {
    if (!isPhpArray(value) || !Object.hasOwn(value, key)) return ''
    value = value[key]
  }
  return phpText(value) ?? ''
}
