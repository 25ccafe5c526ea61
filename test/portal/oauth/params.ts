import type { Params } from '../rest/params.ts'
import { phpText } from '../rest/php.ts'

export type { Params } from '../rest/params.ts'

/** A parameter that is there and not empty; else null. */
export function readText(params: Params, name: string): string | null {
  return phpText(params[name]) || null
}
