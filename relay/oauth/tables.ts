import type { Generated } from 'kysely'
import type { SignInRequest } from '../../lib/contracts/relay-sign-in.ts'
import type { Bitrix24End } from './ends.ts'

/** A portal with our application, by its stable key. */
export interface PortalApplicationTable {
  member_id: string
  /** What the configuration said when `origin` was agreed to: a change there is an agreement too. */
  configured_origin: string
  /** Where the portal is, as an administrator has agreed. */
  origin: string
  /** Where Bitrix24 says it is now; nobody has agreed yet. */
  offered_origin: string | null
  /** Sealed; what Bitrix24 sends along with events. */
  application_token: string | null
  connected_at: Generated<Date>
}

/** A person's Bitrix24 account. Its row is locked while its pair is renewed. */
export interface PortalAccountTable {
  person_id: string
  member_id: string
  user_id: number
  /** The auth host that gave the pair, and renews it. */
  auth_origin: string
  /** Access and refresh token as JSON, sealed (relay/secrets). */
  sealed: string
  /** Of the access token. */
  expires_at: Date
  /** When the refresh token was given: it is good for 180 days. */
  refreshed_at: Date
  /** How the way to Bitrix24 ended; null = it did not. */
  ended: Bitrix24End | null
  ended_at: Date | null
}

/** That Bitrix24 is being asked for a new pair: what stays after a crash, its answer is lost. */
export interface TokenRefreshTable {
  person_id: string
  started_at: Date
}

/** A sign-in under way; forgotten a day later. */
export interface SignInTable {
  id: string
  /** SHA-256 of the state that travels through the browser. */
  state_hash: Buffer
  challenge: string
  language: SignInRequest['language']
  /** Network address that began it: the person must come back from there. */
  address: string
  expires_at: Date
  returned_at: Date | null
  person_id: string | null
  /** A RelayProblem as JSON, if it failed. */
  failure: string | null
  token_given_at: Date | null
}

export interface OAuthTables {
  portal_application: PortalApplicationTable
  portal_account: PortalAccountTable
  token_refresh: TokenRefreshTable
  sign_in: SignInTable
}
