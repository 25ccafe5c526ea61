import type { MessageState } from '../../lib/contracts/effect.ts'

/**
 * What a gateway said, for people and programs, without personal data.
 * `mail_server`: the mail server took it; whether anybody read it nobody knows.
 * `in_doubt`: we don't know whether the gateway took it, so it is not sent again.
 */
export type MessageDetail =
  | 'mail_server'
  | 'in_doubt'
  | 'gateway_busy'
  | 'gateway_unavailable'
  | 'gateway_login'
  | 'gateway_refused'
  | 'network_buffered'
  | 'network_refused'
  | 'not_reachable'

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
