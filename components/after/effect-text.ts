import { unreachable } from '../../lib/contracts/common.ts'
import {
  type DeliveryReason,
  MessageDetail,
  type StoredEffect,
} from '../../lib/contracts/effect.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import type { Tone } from '../ui/Badge.tsx'
import type { IconName } from '../ui/Icon.tsx'

/**
 * The state of an effect in words. A mail is only ever known to have reached the mail server,
 * so «delivered» says so. `now` is in epoch milliseconds.
 */
export function effectText(stored: StoredEffect, now: number): TextKey {
  switch (stored.state) {
    case 'waiting':
      return stored.dueAt > now && !stored.reason
        ? 'after.state.waitingUntil'
        : 'after.state.waiting'
    case 'sending':
    case 'doubt':
    case 'refused':
      return `after.state.${stored.state}`
    case 'done':
      if (!stored.message) return 'after.state.done'
      return stored.message === 'delivered' && stored.effect.type === 'mail'
        ? 'after.message.deliveredMail'
        : `after.message.${stored.message}`
    default:
      return unreachable(stored.state)
  }
}

/** What the gateway said of a message that the relay took; null when there is nothing to add. */
export function messageDetailText({ message, detail }: StoredEffect): TextKey | null {
  const known = message === null ? null : MessageDetail.safeParse(detail)
  return known?.success ? `after.detail.${known.data}` : null
}

/** The colour of a state: what arrived, what is on its way, what a person must look at. */
export function toneOf(stored: StoredEffect): Tone {
  if (stored.state === 'refused') return 'danger'
  if (stored.state !== 'done') return 'waiting'
  if (stored.message === 'failed' || stored.message === 'undelivered') return 'danger'
  // It goes no further by itself: whether the client got it is to be asked of the client.
  if (stored.message === 'submitting' && stored.detail === 'in_doubt') return 'danger'
  return stored.message === null || stored.message === 'delivered' ? 'success' : 'waiting'
}

/** The reason that holds up everything that is still on its way; told once instead of each time. */
export function sharedReason(effects: StoredEffect[]): DeliveryReason | null {
  const held = effects.filter(({ state }) => state !== 'done')
  const reason = held[0]?.reason ?? null
  const isShared = held.length > 1 && held.every((other) => other.reason === reason)
  return isShared && held.every(({ state }) => state !== 'refused') ? reason : null
}

/** How the whole result stands. */
export function headlineOf(effects: StoredEffect[]): {
  key: TextKey
  tone: 'success' | 'waiting' | 'danger'
  icon: IconName
} {
  if (effects.some((stored) => toneOf(stored) === 'danger')) {
    return { key: 'after.savedRefused', tone: 'danger', icon: 'warning' }
  }
  if (effects.every(({ state }) => state === 'done')) {
    return { key: 'after.savedAllDone', tone: 'success', icon: 'check' }
  }
  return { key: 'after.savedWillSend', tone: 'waiting', icon: 'clock' }
}
