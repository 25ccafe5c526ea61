import type { Result } from '../contracts/common.ts'
import { type BitrixError, type BitrixReason, errorOf } from './errors.ts'

/** Why there is no access token to be had. */
export interface TokenRefusal {
  reason: Extract<
    BitrixReason,
    | 'signed_out'
    | 'app_removed'
    | 'user_dismissed'
    | 'scope_missing'
    | 'moved'
    | 'relay_signed_out'
    | 'relay_away'
  >
  /** For people, without secrets. */
  text: string
}

/** The access tokens of one account at one portal. */
export interface AccessTokens {
  /** Where REST is: `https://portal/rest/`. */
  readonly endpoint: string
  /** One that is valid as far as anybody knows. */
  token(): Promise<Result<string, TokenRefusal>>
  /** Bitrix24 refused this one: a newer one. Requests that are refused together ask once. */
  refused(token: string): Promise<Result<string, TokenRefusal>>
}

/** By what a client is let in. */
export type Authorisation =
  /** Inbound webhook `https://host/rest/<user>/<code>`: a secret, and in no error or log. */
  | { by: 'webhook'; webhook: string }
  /** An application's tokens: only in the body of a request (Bitrix24 docs: settings/oauth). */
  | {
      by: 'application'
      tokens: AccessTokens
      /** Where the same portal was before it was renamed. */
      formerOrigins: readonly string[]
    }

/** What lets one request in. */
export interface Pass {
  /** The method's name is put behind it. */
  base: string
  /** Goes into the body. */
  auth: { auth: string } | Record<string, never>
  /** Cut out of whatever the portal says. */
  secret: string
}

export function webhookPass(webhook: string): Pass {
  const address = webhook.replace(/\/+$/, '')
  return { base: `${address}/`, auth: {}, secret: address.split('/').at(-1) ?? '' }
}

/** The portal's origins, the present one first: cards of no other portal may be written to. */
export function originsOf(authorisation: Authorisation): [string, ...string[]] {
  if (authorisation.by === 'webhook') return [new URL(authorisation.webhook).origin]
  return [new URL(authorisation.tokens.endpoint).origin, ...authorisation.formerOrigins]
}

export function tokenPass(endpoint: string, token: string): Pass {
  return { base: `${endpoint.replace(/\/+$/, '')}/`, auth: { auth: token }, secret: token }
}

/** No token, no request: surely nothing was done. */
export function withoutToken({ reason, text }: TokenRefusal): BitrixError {
  return errorOf(reason, { status: null, code: '', text })
}

const ENDS: Readonly<Record<string, BitrixReason>> = {
  INSUFFICIENT_SCOPE: 'scope_missing',
  USER_ACCESS_ERROR: 'user_dismissed',
}

/** What a refusal means for an application, whose ways to end are more than a webhook's. */
export function applicationError(error: BitrixError): BitrixError {
  const { status, code, text } = error
  const isUnauthorized = error.reason === 'unauthorized'
  const reason = ENDS[code.toUpperCase()] ?? (isUnauthorized ? 'signed_out' : null)
  return reason === null ? error : errorOf(reason, { status, code, text })
}
