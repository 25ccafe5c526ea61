import type { Found } from '../contracts/delivery.ts'
import type { StoredEffect } from '../contracts/effect.ts'
import type { BitrixClient } from './client.ts'
import { deliveryReason, detailOf } from './delivery-reason.ts'
import type { BitrixError } from './errors.ts'
import { type Double, removeDoubles } from './remove-doubles.ts'
import { isTraceable, listTraces, tracesIn } from './trace.ts'

/**
 * Looks up effects of unknown fate, in one batch of reads (docs/adr/0006). Fields are state and
 * may be written again, and so may a notification with a tag. Without one it can't be known: it
 * stays at most once. What stands there more than once is deleted but for the first.
 */
export async function findEffects(
  effects: readonly StoredEffect[],
  client: BitrixClient,
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for (const { id, effect } of effects) {
    const isUnknowable = effect.type === 'notification' && !client.canTag
    found.set(id, isUnknowable ? UNKNOWABLE : { kind: 'absent' })
  }
  const traceable = effects.filter(isTraceable)
  if (traceable.length === 0) return found

  const commands = Object.fromEntries(traceable.map((stored) => [stored.id, listTraces(stored)]))
  const answer = await client.batch(commands, { halt: 0, write: false, priority: 'background' })
  const doubles: Double[] = []
  for (const stored of traceable) {
    const { id } = stored
    const list = answer.ok ? answer.value.get(id) : answer
    if (list === undefined) throw new Error(`no answer to the look-up of ${id}`)
    if (!list.ok) {
      found.set(id, unanswered(list.error))
      continue
    }
    const traces = tracesIn(stored, list.value.result)
    if (traces === null) {
      found.set(id, { kind: 'unanswered', reason: 'server_error', detail: 'unreadable list' })
      continue
    }
    const [keep, ...extras] = traces
    if (keep === undefined) continue
    found.set(id, { kind: 'found', remoteId: keep, message: null, detail: null })
    if (extras.length > 0) doubles.push({ stored, keep, extras })
  }

  for (const [id, removal] of await removeDoubles(doubles, client)) {
    if (removal.kind === 'failed') found.set(id, unanswered(removal.error))
    const before = found.get(id)
    if (removal.kind === 'note' && before?.kind === 'found') {
      found.set(id, { ...before, detail: removal.detail })
    }
  }
  return found
}

const UNKNOWABLE: Found = {
  kind: 'unknowable',
  detail: 'sent at most once; whether it arrived is not known',
}

function unanswered(error: BitrixError): Found {
  return { kind: 'unanswered', reason: deliveryReason(error), detail: detailOf(error) }
}
