/** Media direction of an offer or answer (RFC 3264 §5.1), told from its writer's side. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** The direction of the audio; `sendrecv` when none is stated. */
export function directionOf(sdp: string): Direction {
  const stated = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(sdp)?.[1]
  return (stated as Direction | undefined) ?? 'sendrecv'
}

/** Whether the writer of this description wants to hear the other side. */
export function wantsToHear(sdp: string): boolean {
  const direction = directionOf(sdp)
  return direction === 'sendrecv' || direction === 'recvonly'
}

const MIRRORED: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** Our answer's SDP with the direction that mirrors the offer's (RFC 3264 §6.1). */
export function withMirroredDirection(answerSdp: string, offerSdp: string): string {
  const direction = MIRRORED[directionOf(offerSdp)]
  return answerSdp.replace(/^a=(sendrecv|sendonly|recvonly|inactive)/m, `a=${direction}`)
}
