import type { CallFacts } from '../contracts/attempt.ts'
import type { CallEnd } from '../contracts/softphone.ts'

/** Why a call ended and on whose side, in the words of the contract. */
export interface EndCause {
  end: CallEnd
  endedBy: NonNullable<CallFacts['endedBy']>
}

const FROM_CLIENT = {
  486: 'busy',
  600: 'busy',
  603: 'refused',
  607: 'refused',
} as const satisfies Record<number, CallEnd>

const FROM_NETWORK = {
  401: 'not_registered',
  407: 'not_registered',
  404: 'number_unknown',
  410: 'number_unknown',
  484: 'number_unknown',
  485: 'number_unknown',
  604: 'number_unknown',
  408: 'unavailable',
  480: 'unavailable',
} as const satisfies Record<number, CallEnd>

/**
 * What a final refusal (SIP status 300–699) of our INVITE means for the operator.
 * Everything that is neither about the client nor about the number is the network's
 * (RFC 3261 §21; RFC 8197 for 607). A phone that rang before the network gave up was there, and
 * nobody picked it up: with `hasRung`, 408 and 480 are no answer (requirement 001-7).
 */
export function causeOfStatus(status: number, hasRung: boolean): EndCause {
  const byClient: CallEnd | undefined = FROM_CLIENT[status as keyof typeof FROM_CLIENT]
  if (byClient) return { end: byClient, endedBy: 'client' }
  const byNetwork: CallEnd | undefined = FROM_NETWORK[status as keyof typeof FROM_NETWORK]
  if (byNetwork === 'unavailable' && hasRung) return { end: 'no_answer', endedBy: 'network' }
  return { end: byNetwork ?? 'network', endedBy: 'network' }
}
