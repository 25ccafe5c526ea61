/**
 * What a stand knows of one call, for checks at the far end. All times are ISO 8601 in UTC;
 * null means: has not happened.
 */
export type PbxCall = {
  /** The SIP Call-ID. */
  readonly callId: string
  /** User part of the caller's address. */
  readonly from: string
  /** Number as it was dialled. */
  readonly number: string
  readonly invitedAt: string
  ringingAt: string | null
  answeredAt: string | null
  cancelledAt: string | null
  endedAt: string | null
  /** `network`: the stand refused the call, or its connection was lost. */
  endedBy: 'operator' | 'client' | 'network' | null
  /** Final status of the INVITE: 200, 404, 486, 487, … */
  sipStatus: number | null
  /** DTMF digits that the client's side received, by RFC 4733 or INFO. */
  digits: string
  /** RMS, 0 … 1, of all that the client's side heard from the operator. */
  heardLevel: number
  /** RMS, 0 … 1, of the last second that it heard. */
  heardLevelNow: number
  /** RTP audio packets received from the operator; null where the stand can't count them. */
  heardPackets: number | null
  /** RTP audio packets sent to the operator; null where the stand can't count them. */
  sentPackets: number | null
}

/** The entry of a call that was just placed. */
export function newCall(callId: string, from: string, number: string): PbxCall {
  return {
    callId,
    from,
    number,
    invitedAt: new Date().toISOString(),
    ringingAt: null,
    answeredAt: null,
    cancelledAt: null,
    endedAt: null,
    endedBy: null,
    sipStatus: null,
    digits: '',
    heardLevel: 0,
    heardLevelNow: 0,
    heardPackets: 0,
    sentPackets: 0,
  }
}
