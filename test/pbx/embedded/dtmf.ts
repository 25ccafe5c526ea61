import type { RtpPacket } from 'werift'

const EVENTS = '0123456789*#ABCD'

/**
 * Reads digits from telephone events (RFC 4733). One key press is sent as many packets that share
 * a timestamp, so each timestamp counts once.
 */
export class TelephoneEventReader {
  #lastTimestamp: number | null = null

  /** The digit that begins with this packet, if one does. */
  read(packet: RtpPacket): string | null {
    if (packet.header.timestamp === this.#lastTimestamp) return null
    this.#lastTimestamp = packet.header.timestamp
    return EVENTS[packet.payload[0] ?? EVENTS.length] ?? null
  }
}

/** The digit of an INFO request: `Signal=5` (dtmf-relay) or the bare digit (dtmf). */
export function digitOfInfo(contentType: string | undefined, body: string): string | null {
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/dtmf-relay') {
    return /^\s*Signal\s*=\s*([0-9*#A-D])\s*$/im.exec(body)?.[1] ?? null
  }
  if (type === 'application/dtmf') return /^\s*([0-9*#A-D])\s*$/.exec(body)?.[1] ?? null
  return null
}
