import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, type RtpPacket } from 'werift'
import { unreachable } from '../../../lib/contracts/common.ts'
import { LevelMeter } from '../audio/level-meter.ts'
import { decodeMuLawPayload } from '../audio/mu-law.ts'
import { SAMPLE_RATE, speech, tone } from '../audio/signals.ts'
import type { ClientAudio } from '../number-plan.ts'
import { wantsToHear, withMirroredDirection } from '../sip/sdp.ts'
import { TelephoneEventReader } from './dtmf.ts'
import { Packetizer, playSignal } from './packetizer.ts'

const PCMU = new RTCRtpCodecParameters({
  mimeType: 'audio/PCMU',
  clockRate: SAMPLE_RATE,
  channels: 1,
  payloadType: 0,
})
const TELEPHONE_EVENT = new RTCRtpCodecParameters({
  mimeType: 'audio/telephone-event',
  clockRate: SAMPLE_RATE,
  channels: 1,
  payloadType: 126,
})

/**
 * With no server named, werift asks a public one. This is loopback's discard port: no packet leaves
 * the machine, and nobody waits for an answer.
 */
const NO_STUN = [{ urls: 'stun:127.0.0.1:9' }]

export type MediaEvents = { onDigit: (digit: string) => void; onLost: () => void }

/** The client's end of a call's audio: WebRTC (ICE, DTLS-SRTP) with G.711 µ-law. */
export class CallMedia {
  readonly #meter = new LevelMeter(SAMPLE_RATE)
  readonly #packetizer = new Packetizer()
  readonly #events = new TelephoneEventReader()
  readonly #track = new MediaStreamTrack({ kind: 'audio' })
  readonly #peer = new RTCPeerConnection({
    iceServers: NO_STUN,
    iceStunGatherTimeout: 0.02,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    codecs: { audio: [PCMU, TELEPHONE_EVENT] },
  })
  readonly #audio: ClientAudio
  readonly #onDigit: (digit: string) => void
  #stopPlaying = () => {}
  #isListenedTo = true
  #heardPackets = 0
  #sentPackets = 0

  constructor(audio: ClientAudio, { onDigit, onLost }: MediaEvents) {
    this.#audio = audio
    this.#onDigit = onDigit
    this.#peer.addTransceiver(this.#track, { direction: 'sendrecv' })
    this.#peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#hear(packet))
    })
    this.#peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') this.#play()
      if (state === 'failed' || state === 'disconnected') onLost()
    })
  }

  /** Answers the offer of an INVITE or re-INVITE. Rejects when it can't be understood. */
  async answer(offerSdp: string): Promise<string> {
    this.#isListenedTo = wantsToHear(offerSdp)
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offerSdp })
    await this.#peer.setLocalDescription(await this.#peer.createAnswer())
    return withMirroredDirection(this.#peer.localDescription?.sdp ?? '', offerSdp)
  }

  /** What was heard and sent so far, for the journal. */
  measures() {
    return {
      heardLevel: this.#meter.overall(),
      heardLevelNow: this.#meter.now(),
      heardPackets: this.#heardPackets,
      sentPackets: this.#sentPackets,
    }
  }

  async close(): Promise<void> {
    this.#stopPlaying()
    await this.#peer.close()
  }

  #hear(packet: RtpPacket): void {
    if (packet.header.payloadType !== PCMU.payloadType) {
      const digit = this.#events.read(packet)
      if (digit !== null) this.#onDigit(digit)
      return
    }
    this.#heardPackets++
    this.#meter.add(decodeMuLawPayload(packet.payload))
    if (this.#audio === 'echo') this.#send(packet.payload)
  }

  #play(): void {
    this.#stopPlaying()
    switch (this.#audio) {
      case 'echo':
        return
      case 'tone':
        this.#stopPlaying = playSignal(tone, (payload) => this.#send(payload))
        return
      case 'speech':
        this.#stopPlaying = playSignal(speech, (payload) => this.#send(payload))
        return
      default:
        unreachable(this.#audio)
    }
  }

  #send(payload: Buffer): void {
    if (!this.#isListenedTo || this.#peer.connectionState !== 'connected') return
    this.#sentPackets++
    this.#track.writeRtp(this.#packetizer.next(payload))
  }
}
