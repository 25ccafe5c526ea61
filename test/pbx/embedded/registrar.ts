import { uriOf, userOf } from '../sip/address.ts'
import { header, type SipRequest } from '../sip/message.ts'
import type { ReplyOptions } from '../sip/reply.ts'
import type { Connection } from './connection.ts'

const LONGEST_SECONDS = 600

type Binding = { connection: Connection; expiresAtMs: number }

/** Who is registered, over which connection (RFC 3261 §10). One binding a user: the newest. */
export class Registrar {
  readonly #bindings = new Map<string, Binding>()

  /** Handles an authenticated REGISTER of this user. */
  register(user: string, request: SipRequest, connection: Connection): [number, ReplyOptions] {
    const to = userOf(uriOf(header(request, 'to') ?? '') ?? '')
    if (to !== user) return [403, { reason: 'Not Your Address' }]

    const contact = header(request, 'contact')
    if (contact === undefined) return [200, {}]
    const asked = /;\s*expires=(\d+)/i.exec(contact)?.[1] ?? header(request, 'expires')
    const seconds = Math.min(Number(asked ?? LONGEST_SECONDS) || 0, LONGEST_SECONDS)
    if (contact === '*' || seconds === 0) {
      this.#bindings.delete(user)
      return [200, {}]
    }
    this.#bindings.set(user, { connection, expiresAtMs: Date.now() + seconds * 1_000 })
    const bound = `${contact.replace(/;\s*expires=\d+/i, '')};expires=${seconds}`
    return [200, { headers: [['Contact', bound]] }]
  }

  /** Where the user can be reached now, if anywhere. */
  connectionOf(user: string): Connection | null {
    const binding = this.#bindings.get(user)
    const isAlive = binding?.connection.isOpen() && binding.expiresAtMs > Date.now()
    return binding && isAlive ? binding.connection : null
  }

  users(): string[] {
    return [...this.#bindings.keys()].filter((user) => this.connectionOf(user) !== null)
  }
}
