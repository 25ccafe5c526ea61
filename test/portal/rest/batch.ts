import { anyCase, type Params, parseQuery } from './params.ts'
import { isPhpArray, phpArray, phpEntries, phpText } from './php.ts'
import { resolveReferences } from './references.ts'
import { done, type MethodReply, missing, refused } from './reply.ts'

/** Bitrix24 docs: settings/how-to-call-rest-api/batch.md. */
const MAX_COMMANDS = 50
/** Only the commands beyond the limit fail: the batch itself is always answered with 200. */
const TOO_LONG = refused('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded')

export interface BatchCommand {
  key: string
  method: string
  query: string
}

export type TimedReply = { reply: MethodReply; time: unknown }

/** Commands of a batch: a map or a list of `method?query`. */
export function batchCommands(params: Params): BatchCommand[] {
  return phpEntries(anyCase(params, 'cmd')).map(([key, command]) => {
    const text = phpText(command) ?? ''
    const at = text.indexOf('?')
    return at === -1
      ? { key, method: text, query: '' }
      : { key, method: text.slice(0, at), query: text.slice(at + 1) }
  })
}

/**
 * Runs the commands one after another; `$result[key][…]` of a later one is filled from an
 * earlier one. With `halt` the first error ends it; what is done stays done.
 */
export function runBatch(
  params: Params,
  call: (method: string, params: Params) => TimedReply,
): MethodReply {
  if (!isPhpArray(anyCase(params, 'cmd'))) return missing('cmd')
  const isHalting = ['1', 'true', 'Y'].includes(phpText(anyCase(params, 'halt')) ?? '')
  const results = new Map<string, unknown>()
  const errors = new Map<string, unknown>()
  const totals = new Map<string, unknown>()
  const nexts = new Map<string, unknown>()
  const times = new Map<string, unknown>()
  for (const [index, { key, method, query }] of batchCommands(params).entries()) {
    const { reply, time } =
      index < MAX_COMMANDS
        ? call(method, resolveReferences(parseQuery(query), results))
        : { reply: TOO_LONG, time: null }
    if (reply.ok) {
      results.set(key, reply.result)
      times.set(key, time)
      if (reply.total !== undefined) totals.set(key, reply.total)
      if (reply.next !== undefined) nexts.set(key, reply.next)
    } else {
      errors.set(key, { error: reply.error, error_description: reply.description })
      if (isHalting) break
    }
  }
  return done({
    result: phpArray(results),
    result_error: phpArray(errors),
    result_total: phpArray(totals),
    result_next: phpArray(nexts),
    result_time: phpArray(times),
  })
}
