import type { MessageState } from '../../lib/contracts/effect.ts'

/** What happens to a message. */
export type MessageEvent =
  /** A worker is about to call the gateway. */
  | 'claimed'
  /** The gateway took it and will report. */
  | 'accepted'
  /** The gateway surely did not take it; try again later. */
  | 'busy'
  /** It was tried long enough, or the gateway refused for good. */
  | 'refused'
  /** Reports of delivery. */
  | 'delivered'
  | 'undelivered'
  | 'rejected'

const TRANSITIONS: Record<MessageEvent, Partial<Record<MessageState, MessageState>>> = {
  claimed: { queued: 'submitting' },
  accepted: { submitting: 'sent' },
  busy: { submitting: 'queued' },
  refused: { submitting: 'failed' },
  // A report proves that the gateway had the message, whatever we knew of it.
  delivered: { queued: 'delivered', submitting: 'delivered', sent: 'delivered' },
  undelivered: { queued: 'undelivered', submitting: 'undelivered', sent: 'undelivered' },
  rejected: { queued: 'failed', submitting: 'failed', sent: 'failed' },
}

/**
 * The state after an event, or null when the event says nothing new: reports come twice, late and
 * in any order, and what is final stays.
 *
 *   queued ⇄ submitting ─▶ sent ─▶ delivered | undelivered | failed
 */
export function nextState(state: MessageState, event: MessageEvent): MessageState | null {
  return TRANSITIONS[event][state] ?? null
}
