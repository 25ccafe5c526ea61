import { unreachable } from '../../../lib/contracts/common.ts'
import type { PbxCall } from '../journal.ts'
import type { NumberBehaviour } from '../number-plan.ts'
import { header, type SipRequest } from '../sip/message.ts'
import { formatReply, type ReplyOptions } from '../sip/reply.ts'
import type { Connection } from './connection.ts'
import { Dialog } from './dialog.ts'
import { digitOfInfo } from './dtmf.ts'
import { CallMedia } from './media.ts'

/** A 200 that nobody acknowledges ends the call (RFC 3261 §13.3.1.4: 64 × T1). */
const ACK_TIMEOUT_MS = 32_000

export type CallParts = {
  invite: SipRequest
  behaviour: NumberBehaviour
  entry: PbxCall
  /** The connection that the INVITE came by. */
  connection: Connection
  /** Where the caller is registered now: used once the connection is gone. */
  whereRegistered: () => Connection | null
  /** Contact of the stand, `<sip:…>`. */
  contact: string
}

/**
 * One call to a client:  ringing ─▶ answered ─▶ ended
 *                           └─────────────────────┘
 */
export class Call {
  readonly dialog: Dialog
  readonly #parts: CallParts
  readonly #entry: PbxCall
  readonly #media: CallMedia | null
  readonly #timers: NodeJS.Timeout[] = []
  #ackTimer: NodeJS.Timeout | undefined
  #state: 'ringing' | 'answered' | 'ended' = 'ringing'
  #connection: Connection
  #lastReply = ''

  constructor(parts: CallParts) {
    this.#parts = parts
    this.#entry = parts.entry
    this.#connection = parts.connection
    this.dialog = new Dialog(parts.invite)
    this.#media = parts.behaviour.kind === 'answer' ? this.#openMedia(parts.behaviour.audio) : null
  }

  /** The journal's entry, with what was heard up to now. */
  get entry(): PbxCall {
    return this.#media ? Object.assign(this.#entry, this.#media.measures()) : this.#entry
  }

  get isRinging(): boolean {
    return this.#state === 'ringing'
  }

  get isUp(): boolean {
    return this.#state === 'answered'
  }

  cameBy(connection: Connection): boolean {
    return this.#connection === connection
  }

  /** Rings, then does what the number plan says. */
  start(): void {
    const { behaviour, invite } = this.#parts
    this.#reply(invite, 100)
    this.#reply(invite, 180)
    this.#entry.ringingAt = now()
    switch (behaviour.kind) {
      case 'no_answer':
        break
      case 'status':
        this.#after(behaviour.afterMs, () => this.#refuse(behaviour.status, 'network'))
        break
      case 'answer':
        this.#after(behaviour.afterMs, () => void this.#answer(behaviour.hangUpAfterMs))
        break
      default:
        unreachable(behaviour)
    }
  }

  /** The INVITE came again: what answered it last got lost. */
  repeatReply(): void {
    this.#send(this.#lastReply)
  }

  /** CANCEL; without effect on a call that was answered first. */
  cancel(): void {
    if (!this.isRinging) return
    this.#entry.cancelledAt = now()
    this.#refuse(487, 'operator')
  }

  /** ACK; a repeated one changes nothing. */
  acknowledge(): void {
    clearTimeout(this.#ackTimer)
  }

  /** A re-INVITE: hold, resume, or other network addresses. */
  async reinvite(request: SipRequest, connection: Connection): Promise<void> {
    this.#connection = connection
    const sdp = await this.#describe(request)
    if (sdp === null) {
      this.#reply(request, 488)
      return
    }
    this.dialog.retarget(request)
    this.#reply(request, 200, { sdp })
  }

  /** INFO: a digit, if it holds one. */
  inform(request: SipRequest): void {
    const digit = digitOfInfo(header(request, 'content-type'), request.body)
    if (digit !== null) this.#entry.digits += digit
  }

  /** BYE from the operator. */
  endByOperator(): void {
    this.#end('operator')
  }

  /** The client hangs up. */
  endByClient(): void {
    this.#send(
      this.dialog.request('BYE', [['Reason', 'Q.850;cause=16;text="Normal call clearing"']]),
    )
    this.#end('client')
  }

  /** The softphone can't be reached any more. */
  endByNetwork(): void {
    this.#end('network')
  }

  async #answer(hangUpAfterMs: number | undefined): Promise<void> {
    const { invite } = this.#parts
    const sdp = await this.#describe(invite)
    if (!this.isRinging) return
    if (sdp === null) {
      this.#refuse(488, 'network')
      return
    }
    this.#state = 'answered'
    this.#entry.answeredAt = now()
    this.#entry.sipStatus = 200
    this.#ackTimer = setTimeout(() => this.endByClient(), ACK_TIMEOUT_MS)
    this.#reply(invite, 200, { sdp })
    if (hangUpAfterMs !== undefined) this.#after(hangUpAfterMs, () => this.endByClient())
  }

  #refuse(status: number, by: 'operator' | 'network'): void {
    this.#entry.sipStatus = status
    this.#reply(this.#parts.invite, status)
    this.#end(by)
  }

  /** Our SDP answer to a request's offer; null when the offer can't be accepted. */
  async #describe(request: SipRequest): Promise<string | null> {
    try {
      return request.body && this.#media ? await this.#media.answer(request.body) : null
    } catch {
      return null
    }
  }

  #reply(request: SipRequest, status: number, options: ReplyOptions = {}): void {
    this.#lastReply = formatReply(request, status, {
      toTag: this.dialog.localTag,
      headers: status > 100 && status < 300 ? [['Contact', this.#parts.contact]] : [],
      ...options,
    })
    this.#send(this.#lastReply)
  }

  #send(message: string): void {
    const connection = this.#connection.isOpen() ? this.#connection : this.#parts.whereRegistered()
    connection?.send(message)
  }

  #openMedia(audio: ConstructorParameters<typeof CallMedia>[0]): CallMedia {
    return new CallMedia(audio, {
      onDigit: (digit) => {
        this.#entry.digits += digit
      },
      onLost: () => this.endByNetwork(),
    })
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.push(setTimeout(act, delayMs))
  }

  #end(by: PbxCall['endedBy']): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#entry.endedAt = now()
    this.#entry.endedBy = by
    for (const timer of this.#timers) clearTimeout(timer)
    clearTimeout(this.#ackTimer)
    void this.#media?.close()
  }
}

function now(): string {
  return new Date().toISOString()
}
