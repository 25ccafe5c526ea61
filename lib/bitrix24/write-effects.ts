import { z } from 'zod'
import type { DeliveryOutcome } from '../contracts/delivery.ts'
import type { StoredEffect } from '../contracts/effect.ts'
import type { Answer, MethodResult } from './answer.ts'
import type { Command } from './batch.ts'
import type { BatchResult, BitrixClient } from './client.ts'
import { deliveryReason, detailOf } from './delivery-reason.ts'
import { commandOf, type DescribeRecord } from './effect-command.ts'
import type { BitrixError } from './errors.ts'
import { type Double, removeDoubles } from './remove-doubles.ts'
import { isTraceable, listTraces, type TraceableStored, tracesIn } from './trace.ts'

/** A portal that blocked REST by hand is not asked again sooner (Bitrix24 docs: OVERLOAD_LIMIT). */
const OVERLOAD_REST_MS = 5 * 60_000

export interface WriteOptions {
  client: BitrixClient
  describeRecord: DescribeRecord
}

/**
 * Writes the effects of one attempt in one batch, in their order, and answers by effect id.
 * A command that fails does not stop the others. Before a batch with a notification that carries no
 * tag the portal is asked whether it is there at all, because nobody could look it up afterwards.
 * The batch ends by listing what it wrote: what stands there twice is deleted (docs/adr/0006).
 */
export async function writeEffects(
  effects: readonly StoredEffect[],
  { client, describeRecord }: WriteOptions,
): Promise<Map<string, DeliveryOutcome>> {
  const outcomes = new Map<string, DeliveryOutcome>()
  const commands: Record<string, Command> = {}
  for (const stored of effects) {
    const command = commandOf(stored, { describe: describeRecord, canTag: client.canTag })
    if (command === null) outcomes.set(stored.id, done(null))
    else commands[stored.id] = command
  }
  const written = effects.filter(({ id }) => id in commands)
  if (written.length === 0) return outcomes

  if (!client.canTag && written.some(({ effect }) => effect.type === 'notification')) {
    const probe = await client.call('profile', {}, { write: false, priority: 'background' })
    if (!probe.ok) {
      const untouched = requestFailed({ ...probe.error, fate: 'not_executed' }, client.now())
      for (const { id } of written) outcomes.set(id, untouched)
      return outcomes
    }
  }

  const options = { halt: 0, write: true, priority: 'background' } as const
  const traceable = written.filter(isTraceable)
  for (const stored of traceable) commands[listKey(stored)] = listTraces(stored)
  const answer = await client.batch(commands, options)
  for (const stored of written) {
    const outcome = answer.ok
      ? commandOutcome(stored, answer.value.get(stored.id), client)
      : requestFailed(answer.error, client.now())
    outcomes.set(stored.id, outcome)
  }
  if (answer.ok) await settleDoubles(traceable, answer.value, outcomes, client)
  return outcomes
}

/** Corrects the outcomes of effects that the batch's own lists show more than once. */
async function settleDoubles(
  traceable: readonly TraceableStored[],
  answers: BatchResult,
  outcomes: Map<string, DeliveryOutcome>,
  client: BitrixClient,
): Promise<void> {
  const doubles = traceable.flatMap((stored): Double[] => {
    const list = answers.get(listKey(stored))
    const traces = list?.ok ? tracesIn(stored, list.value.result) : null
    if (traces === null || traces.length < 2) return []
    const outcome = outcomes.get(stored.id)
    const told = outcome?.kind === 'done' ? outcome.remoteId : null
    const keep = told ?? traces[0] ?? ''
    return [{ stored, keep, extras: traces.filter((trace) => trace !== keep) }]
  })
  if (doubles.length === 0) return
  for (const [id, outcome] of outcomes) {
    const isNotification = !client.canTag && id.split(':')[1] === 'notification'
    if (isNotification && outcome.kind === 'done') {
      outcomes.set(id, { ...outcome, detail: 'the request was repeated: it may be there twice' })
    }
  }
  for (const [id, removal] of await removeDoubles(doubles, client)) {
    const outcome = outcomes.get(id)
    if (removal.kind === 'failed') outcomes.set(id, unknown(removal.error))
    else if (removal.kind === 'note' && outcome?.kind === 'done') {
      outcomes.set(id, { ...outcome, detail: removal.detail })
    }
  }
}

function listKey({ id }: StoredEffect): string {
  return `${id}:list`
}

function done(remoteId: string | null): DeliveryOutcome {
  return { kind: 'done', remoteId, message: null, detail: null }
}

/** The whole request failed: nothing is said about any one effect, so none is refused for good. */
function requestFailed(error: BitrixError, nowMs: number): DeliveryOutcome {
  if (error.fate === 'unknown') return unknown(error)
  return retry(error, nowMs)
}

function commandOutcome(
  stored: StoredEffect,
  answer: Answer<MethodResult> | undefined,
  { now, canTag }: BitrixClient,
): DeliveryOutcome {
  if (answer === undefined) throw new Error(`no answer to ${stored.id}`)
  if (answer.ok) return accepted(answer.value.result)
  const { error } = answer
  switch (error.reason) {
    case 'limit':
    case 'overload':
    case 'operating_limit':
    case 'unauthorized':
    case 'signed_out':
    case 'app_removed':
    case 'user_dismissed':
    case 'scope_missing':
    case 'relay_signed_out':
    case 'relay_away':
      return retry(error, now())
    case 'server_error':
      // The portal did answer; for what can't be looked up, a person decides.
      return stored.effect.type === 'notification' && !canTag ? refused(error) : unknown(error)
    case 'away':
    case 'timeout':
    case 'protocol':
    case 'moved':
      return unknown(error)
    case 'not_found':
      // A to-do that somebody has deleted needs no completing.
      return stored.effect.type === 'todo_done' ? done(null) : refused(error)
    default:
      return refused(error)
  }
}

function retry(error: BitrixError, nowMs: number): DeliveryOutcome {
  const reason = deliveryReason(error)
  const rest = error.reason === 'overload' ? nowMs + OVERLOAD_REST_MS : error.freeAtMs
  const outcome = { kind: 'retry', reason, detail: detailOf(error) } as const
  return rest === null ? outcome : { ...outcome, notBeforeMs: rest }
}

function unknown(error: BitrixError): DeliveryOutcome {
  return { kind: 'unknown', reason: deliveryReason(error), detail: detailOf(error) }
}

function refused(error: BitrixError): DeliveryOutcome {
  return { kind: 'refused', reason: deliveryReason(error), detail: detailOf(error) }
}

/** The shapes in which methods tell the new id: `999`, `{id}`, `{item: {id}}`, or just `true`. */
const Id = z.union([z.string(), z.number()]).transform(String)
const Accepted = z.union([
  Id,
  z.looseObject({ id: Id }).transform(({ id }) => id),
  z.looseObject({ item: z.looseObject({ id: Id }) }).transform(({ item }) => item.id),
  z.literal(true).transform(() => null),
])

function accepted(result: unknown): DeliveryOutcome {
  const id = Accepted.safeParse(result)
  if (id.success) return done(id.data)
  // `im.notify.personal.add` answers `false` when it did not notify.
  return { kind: 'refused', reason: 'invalid', detail: 'Bitrix24 answered without an id' }
}
