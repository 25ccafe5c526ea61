import { randomInt } from 'node:crypto'
import { RtpHeader, RtpPacket } from 'werift'
import { encodeMuLaw } from '../audio/mu-law.ts'
import { SAMPLE_RATE, type Signal } from '../audio/signals.ts'

const PACKET_MS = 20
export const SAMPLES_PER_PACKET = (SAMPLE_RATE * PACKET_MS) / 1_000
const PCMU_PAYLOAD_TYPE = 0
/** After a longer pause of the process the lost time is skipped, not sent in one burst. */
const MOST_PACKETS_AT_ONCE = 10

/** Numbers PCMU packets of 20 ms (RFC 3550, RFC 3551). */
export class Packetizer {
  readonly #ssrc = randomInt(2 ** 31)
  #sequenceNumber = randomInt(2 ** 16)
  #timestamp = randomInt(2 ** 31)
  #isFirst = true

  next(payload: Buffer): RtpPacket {
    const header = new RtpHeader({
      payloadType: PCMU_PAYLOAD_TYPE,
      ssrc: this.#ssrc,
      sequenceNumber: this.#sequenceNumber,
      timestamp: this.#timestamp,
      marker: this.#isFirst,
    })
    this.#isFirst = false
    this.#sequenceNumber = (this.#sequenceNumber + 1) % 2 ** 16
    this.#timestamp = (this.#timestamp + payload.length) % 2 ** 32
    return new RtpPacket(header, payload)
  }
}

/** Plays a signal in real time, a payload of 20 ms at a time. Returns what stops it. */
export function playSignal(signal: Signal, send: (payload: Buffer) => void): () => void {
  let sentPackets = 0
  let startedAtMs = performance.now()
  const timer = setInterval(() => {
    const duePackets = Math.floor((performance.now() - startedAtMs) / PACKET_MS) - sentPackets
    startedAtMs += Math.max(0, duePackets - MOST_PACKETS_AT_ONCE) * PACKET_MS
    for (let left = Math.min(duePackets, MOST_PACKETS_AT_ONCE); left > 0; left--) {
      send(payloadOf(signal, sentPackets * SAMPLES_PER_PACKET))
      sentPackets++
    }
  }, PACKET_MS)
  return () => clearInterval(timer)
}

function payloadOf(signal: Signal, firstSample: number): Buffer {
  const payload = Buffer.alloc(SAMPLES_PER_PACKET)
  for (let index = 0; index < payload.length; index++) {
    payload[index] = encodeMuLaw(signal(firstSample + index) * 32_767)
  }
  return payload
}
