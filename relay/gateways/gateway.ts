import type { RelayMessage } from '../../lib/contracts/relay-api.ts'

/** A message as a gateway needs it. */
export interface OutgoingMessage {
  id: string
  /** Of this hand-over; a repeat has another. */
  submissionId: string
  to: string
  subject: string | null
  text: string
}

/** What became of a hand-over, as far as the gateway's answer tells. */
export type SubmitOutcome =
  /** Taken; reports will follow. */
  | { type: 'accepted' }
  /** Taken, and nothing more will be heard. */
  | { type: 'handed_over'; detail: 'mail_server' }
  /** Surely not taken, for now. */
  | { type: 'busy' }
  /** Surely not taken, and repeating won't help. */
  | { type: 'refused'; detail: 'gateway_login' | 'gateway_refused' }
  /** No answer, or one that leaves it open. */
  | { type: 'unknown' }

/** Drives one kind of gateway. `submit` never throws: what went wrong is an outcome. */
export interface Gateway {
  channel: RelayMessage['channel']
  submit(message: OutgoingMessage): Promise<SubmitOutcome>
  close(): Promise<void>
}

/** Node's codes for a connection that never stood, so nothing can have been sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether an error proves that no connection came about; looks into causes too. */
export function isNeverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.every(isNeverConnected)
  if ('code' in error && typeof error.code === 'string' && NEVER_CONNECTED.has(error.code)) {
    return true
  }
  return error.cause !== undefined && isNeverConnected(error.cause)
}
