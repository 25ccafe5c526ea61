import { unreachable } from '../contracts/common.ts'
import type { DeliveryOutcome, Found } from '../contracts/delivery.ts'
import type { DeliveryReason, StoredEffect } from '../contracts/effect.ts'
import { backoffMs } from './backoff.ts'

/** What a step changes in a stored effect. `updatedAt` moves only when the state does. */
export type Change = Partial<Omit<StoredEffect, 'id'>>

export interface StepContext {
  /** Epoch milliseconds. */
  now: number
  random(): number
  /** A request of unknown fate may still be at work at the other side for so long. */
  settleMs: number
}

export function startSending(stored: StoredEffect, { now }: StepContext): Change {
  return { state: 'sending', tries: stored.tries + 1, updatedAt: now }
}

/** We died while it was being sent: nobody knows what became of it. */
export function foundSending(stored: StoredEffect, { now, settleMs }: StepContext): Change {
  return {
    state: 'doubt',
    dueAt: stored.updatedAt + settleMs,
    reason: 'away',
    detail: 'interrupted while sending',
    updatedAt: now,
  }
}

/** After `deliver`; `stored` is the effect as it was while it was being sent. */
export function afterDelivery(
  stored: StoredEffect,
  outcome: DeliveryOutcome,
  { now, random, settleMs }: StepContext,
): Change {
  const waitMs = backoffMs(stored.tries, random)
  switch (outcome.kind) {
    case 'done': {
      const { remoteId, message, detail } = outcome
      return { state: 'done', reason: null, detail, remoteId, message, updatedAt: now }
    }
    case 'retry': {
      const { reason, detail, notBeforeMs = 0 } = outcome
      const dueAt = Math.max(now + waitMs, notBeforeMs)
      return { state: 'waiting', reason, detail, dueAt, updatedAt: now }
    }
    case 'unknown': {
      const { reason, detail } = outcome
      const dueAt = now + Math.max(settleMs, waitMs)
      return { state: 'doubt', reason, detail, dueAt, updatedAt: now }
    }
    case 'refused': {
      const { reason, detail } = outcome
      return { state: 'refused', reason, detail, updatedAt: now }
    }
    default:
      return unreachable(outcome)
  }
}

/** After a look-up of an effect in doubt. */
export function afterLookUp(
  stored: StoredEffect,
  found: Found,
  { now, random }: StepContext,
): Change {
  switch (found.kind) {
    case 'found': {
      const { remoteId, message, detail } = found
      return { state: 'done', reason: null, detail, remoteId, message, updatedAt: now }
    }
    case 'absent':
      return { state: 'waiting', dueAt: now, updatedAt: now }
    case 'unknowable':
      return { state: 'done', reason: null, detail: found.detail, updatedAt: now }
    case 'unanswered': {
      const tries = stored.tries + 1
      const { reason, detail } = found
      return { tries, reason, detail, dueAt: now + backoffMs(tries, random) }
    }
    default:
      return unreachable(found)
  }
}

/** Not even tried, because the destination just failed for another effect. */
export function postponed(reason: DeliveryReason, detail: string, until: number): Change {
  return { reason, detail, dueAt: until }
}
