import type { Command } from './batch.ts'
import { MAX_COMMANDS } from './batch.ts'
import type { BitrixClient } from './client.ts'
import { detailOf } from './delivery-reason.ts'
import type { BitrixError } from './errors.ts'
import { deleteTrace, type TraceableStored } from './trace.ts'

/** An effect that stands in Bitrix24 more than once. */
export interface Double {
  stored: TraceableStored
  /** The trace that stays. */
  keep: string
  /** The traces that are too many. */
  extras: readonly string[]
}

/** What became of it: `null` = it stands once; `note` = a person must delete the rest. */
export type Removal = { kind: 'gone' } | { kind: 'note'; detail: string } | RemovalFailed
type RemovalFailed = { kind: 'failed'; error: BitrixError }

/**
 * Deletes what stands there twice, because a browser repeats a request by itself when a connection
 * that it used before closes without an answer. Deleting twice does no harm. Answers by effect id.
 */
export async function removeDoubles(
  doubles: readonly Double[],
  client: BitrixClient,
): Promise<Map<string, Removal>> {
  const removals = new Map<string, Removal>(
    doubles.map(({ stored }) => [stored.id, { kind: 'gone' }]),
  )
  const wanted = doubles
    .flatMap(({ stored, extras }) => extras.map((extra) => ({ stored, extra })))
    .slice(0, MAX_COMMANDS)
  if (wanted.length === 0) return removals

  const commands: Record<string, Command> = Object.fromEntries(
    wanted.map(({ stored, extra }) => [`${stored.id}:${extra}`, deleteTrace(stored, extra)]),
  )
  const answer = await client.batch(commands, { halt: 0, write: true, priority: 'background' })
  for (const { stored, extra } of wanted) {
    const deleted = answer.ok ? answer.value.get(`${stored.id}:${extra}`) : answer
    if (deleted === undefined || deleted.ok || deleted.error.reason === 'not_found') continue
    const { error } = deleted
    removals.set(
      stored.id,
      error.reason === 'forbidden'
        ? { kind: 'note', detail: `stands there twice, delete one by hand: ${detailOf(error)}` }
        : { kind: 'failed', error },
    )
  }
  return removals
}
