import { randomBytes } from 'node:crypto'
import { uriOf } from '../sip/address.ts'
import { formatSip, header, type SipHeader, type SipRequest } from '../sip/message.ts'

/** Our side of a dialog that an INVITE opened (RFC 3261 §12): addresses, tags and numbering. */
export class Dialog {
  readonly callId: string
  readonly localTag = randomBytes(8).toString('hex')
  readonly #local: string
  readonly #remote: string
  #target: string
  #sequence = 0

  constructor(invite: SipRequest) {
    this.callId = header(invite, 'call-id') ?? ''
    this.#local = `${header(invite, 'to')};tag=${this.localTag}`
    this.#remote = header(invite, 'from') ?? ''
    this.#target = uriOf(header(invite, 'contact') ?? '') ?? ''
  }

  /** A re-INVITE may move the other side's Contact. */
  retarget(request: SipRequest): void {
    this.#target = uriOf(header(request, 'contact') ?? '') ?? this.#target
  }

  /** The text of a new request within the dialog. */
  request(method: string, fields: readonly SipHeader[] = []): string {
    this.#sequence++
    const branch = `z9hG4bK${randomBytes(8).toString('hex')}`
    return formatSip(`${method} ${this.#target} SIP/2.0`, [
      ['Via', `SIP/2.0/WS pbx.invalid;branch=${branch}`],
      ['Max-Forwards', '70'],
      ['From', this.#local],
      ['To', this.#remote],
      ['Call-ID', this.callId],
      ['CSeq', `${this.#sequence} ${method}`],
      ...fields,
    ])
  }
}
