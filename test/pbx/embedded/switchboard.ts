import { unreachable } from '../../../lib/contracts/common.ts'
import { newCall, type PbxCall } from '../journal.ts'
import { tagOf, uriOf, userOf } from '../sip/address.ts'
import { DigestAuthenticator } from '../sip/digest.ts'
import { header, parseSip, type SipRequest } from '../sip/message.ts'
import { formatReply, type ReplyOptions } from '../sip/reply.ts'
import { Call } from './call.ts'
import type { Connection } from './connection.ts'
import type { EmbeddedPbxOptions } from './options.ts'
import { Registrar } from './registrar.ts'

const ALLOWED = 'REGISTER, INVITE, ACK, CANCEL, BYE, OPTIONS, INFO'

/** Takes every SIP message to who handles it. Knows connections, not sockets. */
export class Switchboard {
  readonly registrar = new Registrar()
  readonly #options: EmbeddedPbxOptions
  readonly #authenticator: DigestAuthenticator
  readonly #calls = new Map<string, Call>()
  readonly #contact: string

  constructor(options: EmbeddedPbxOptions) {
    const passwords = new Map(options.accounts.map(({ user, password }) => [user, password]))
    this.#options = options
    this.#authenticator = new DigestAuthenticator(options.domain, (user) => passwords.get(user))
    this.#contact = `<sip:pbx@${options.domain};transport=ws>`
  }

  get journal(): PbxCall[] {
    return [...this.#calls.values()].map((call) => call.entry)
  }

  call(callId: string): Call | undefined {
    return this.#calls.get(callId)
  }

  /** One message of a softphone; a malformed request is answered 400, anything else dropped. */
  receive(text: string, connection: Connection): void {
    const parsed = parseSip(text)
    if (!parsed.ok) {
      const { request, problem } = parsed.reason
      if (request) connection.send(formatReply(request, 400, { reason: `Bad Request: ${problem}` }))
      return
    }
    if (parsed.value.kind === 'request') this.#handle(parsed.value, connection)
  }

  /** A softphone's connection is gone: what only rang there is over. */
  forget(connection: Connection): void {
    for (const call of this.#calls.values()) {
      if (call.isRinging && call.cameBy(connection)) call.endByNetwork()
    }
  }

  close(): void {
    for (const call of this.#calls.values()) call.endByNetwork()
  }

  #handle(request: SipRequest, connection: Connection): void {
    const reply = (status: number, options?: ReplyOptions) =>
      connection.send(formatReply(request, status, options))
    const call = this.#calls.get(header(request, 'call-id') ?? '')
    switch (request.method) {
      case 'REGISTER':
        this.#register(request, connection)
        break
      case 'INVITE':
        if (tagOf(header(request, 'to') ?? '') !== null) {
          this.#inDialog(request, call, reply, (up) => void up.reinvite(request, connection))
        } else if (call) call.repeatReply()
        else this.#invite(request, connection)
        break
      case 'ACK':
        call?.acknowledge()
        break
      case 'CANCEL':
        reply(call ? 200 : 481)
        call?.cancel()
        break
      case 'INFO':
        this.#inDialog(request, call, reply, (up) => {
          reply(200)
          up.inform(request)
        })
        break
      case 'BYE':
        this.#inDialog(request, call, reply, (up) => {
          reply(200)
          up.endByOperator()
        })
        break
      default:
        reply(request.method === 'OPTIONS' ? 200 : 405, { headers: [['Allow', ALLOWED]] })
    }
  }

  #inDialog(
    request: SipRequest,
    call: Call | undefined,
    reply: (status: number) => void,
    act: (call: Call) => void,
  ): void {
    const isItsDialog = tagOf(header(request, 'to') ?? '') === call?.dialog.localTag
    if (call?.isUp && isItsDialog) act(call)
    else reply(481)
  }

  #register(request: SipRequest, connection: Connection): void {
    const user = this.#authenticated(request, connection, 401)
    if (user === null) return
    const [status, options] = this.registrar.register(user, request, connection)
    connection.send(formatReply(request, status, { toTag: 'registrar', ...options }))
  }

  #invite(request: SipRequest, connection: Connection): void {
    const user = this.#authenticated(request, connection, 407)
    if (user === null) return
    const from = userOf(uriOf(header(request, 'from') ?? '') ?? '')
    const number = userOf(request.uri)
    const callId = header(request, 'call-id') ?? ''
    if (from !== user || number === null) {
      connection.send(formatReply(request, from === user ? 404 : 403, { toTag: 'refused' }))
      return
    }
    const call = new Call({
      invite: request,
      behaviour: this.#options.plan(number),
      entry: newCall(callId, from, number),
      connection,
      whereRegistered: () => this.registrar.connectionOf(user),
      contact: this.#contact,
    })
    this.#calls.set(callId, call)
    call.start()
  }

  /** The user that the request proves to come from; null when it was answered with a challenge. */
  #authenticated(request: SipRequest, connection: Connection, status: 401 | 407): string | null {
    const [challengeName, credentialsName] =
      status === 401
        ? ['WWW-Authenticate', 'authorization']
        : ['Proxy-Authenticate', 'proxy-authorization']
    const verdict = this.#authenticator.check(request.method, header(request, credentialsName))
    switch (verdict.kind) {
      case 'accepted':
        return verdict.user
      case 'refused':
        connection.send(formatReply(request, 403, { toTag: 'refused' }))
        return null
      case 'challenge': {
        const headers = [[challengeName, verdict.challenge] as const]
        connection.send(formatReply(request, status, { toTag: 'challenge', headers }))
        return null
      }
      default:
        return unreachable(verdict)
    }
  }
}
