import type { PbxCall } from '../journal.ts'
import type { NumberBehaviour } from '../number-plan.ts'

export type EmbeddedPbxOptions = {
  /** Address to listen on; a stand belongs on loopback. */
  host: string
  /** 0 takes a free port. */
  port: number
  /** PEM key and certificate for `wss`; without them the stand speaks `ws`. */
  tls?: { key: string; cert: string } | undefined
  /** SIP domain; also the realm of the authentication. */
  domain: string
  accounts: readonly { user: string; password: string }[]
  /** What happens when a number is dialled. */
  plan: (number: string) => NumberBehaviour
}

export type EmbeddedPbx = {
  /** Address for the softphone's settings: `wss://host:port` or `ws://host:port`. */
  readonly url: string
  readonly port: number
  /** Every call since the start, oldest first; the entries of running calls change. */
  readonly calls: readonly PbxCall[]
  /** Users that are registered now and whose connection is open. */
  registeredUsers(): string[]
  /** Hangs up from the client's side; false when no such call is up. */
  hangUp(callId: string): boolean
  /** Cuts every WebSocket without a farewell, as a lost network does. Calls that are up go on. */
  dropConnections(): void
  /** Ends all calls and stops listening. */
  close(): Promise<void>
}
