import type { Result } from '../contracts/common.ts'
import type { MessageState, StoredEffect } from '../contracts/effect.ts'
import type { Outbox } from './database.ts'

export interface MessageFate {
  state: MessageState
  /** What the gateway said, for people; null = nothing. */
  detail: string | null
}

export interface TrackOptions {
  db: Outbox
  /** Asks the relay for the fate of a message by its id; `away` covers all that may pass. */
  ask(remoteId: string): Promise<Result<MessageFate, 'away' | 'not_found'>>
  /** Epoch milliseconds. */
  now(): number
  /** Operators' reports come within three days or not at all. */
  maxAgeMs?: number
}

const ON_ITS_WAY: readonly MessageState[] = ['queued', 'submitting', 'sent']

/**
 * Asks once for the fate of every message that the relay took and that is still on its way, and
 * keeps the answers. One that stays without a report for too long is given up, and says so.
 * Answers how many are still to be asked for, and whether anything changed.
 */
export async function trackMessages(
  options: TrackOptions,
): Promise<{ open: number; changed: boolean }> {
  const { db, ask, now, maxAgeMs = 3 * 24 * 3600_000 } = options
  const messages = await db.effects
    .where('message')
    .anyOf(ON_ITS_WAY)
    .filter(({ state, reason }) => state === 'done' && reason !== 'too_old')
    .toArray()
  let open = 0
  let changed = false
  for (const message of messages) {
    const change = await fateOf(message)
    if (change === null) open += 1
    else {
      await db.effects.update(message.id, change)
      changed = true
      if (change.message !== undefined && ON_ITS_WAY.includes(change.message)) open += 1
    }
  }
  return { open, changed }

  /** `updatedAt` is when the message last got on. */
  function isTooOld({ updatedAt }: StoredEffect): boolean {
    return now() - updatedAt > maxAgeMs
  }

  async function fateOf(stored: StoredEffect): Promise<FateChange | null> {
    const answer =
      stored.remoteId === null
        ? ({ ok: false, reason: 'not_found' } as const)
        : await ask(stored.remoteId)
    if (answer.ok && answer.value.state !== stored.message) {
      return { message: answer.value.state, detail: answer.value.detail, updatedAt: now() }
    }
    if (answer.ok && answer.value.detail !== stored.detail && !isTooOld(stored)) {
      return { message: answer.value.state, detail: answer.value.detail }
    }
    const isLost = !answer.ok && answer.reason === 'not_found'
    if (isLost) return { reason: 'too_old', detail: 'the relay does not know this message' }
    return isTooOld(stored) ? { reason: 'too_old', detail: 'no report came' } : null
  }
}

interface FateChange {
  message?: MessageState
  reason?: 'too_old'
  detail: string | null
  updatedAt?: number
}
