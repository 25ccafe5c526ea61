import type { PortalData, PortalUser } from '../model.ts'
import { type Refusal, refused } from './reply.ts'

/**
 * In whose name a request is made, and with which rights: an inbound webhook, or a token of an
 * application (Bitrix24 docs: settings/how-to-call-rest-api/authorization.md).
 */
export interface RestAuth {
  kind: 'webhook' | 'oauth'
  userId: number
  scopes: readonly string[]
  /** `client_id` of the application that the token belongs to; null for a webhook. */
  appId: string | null
}

/** Finds what an access token gives, or says why it gives nothing. */
export type TokenReader = (token: string) => RestAuth | Refusal

/** Scopes of each webhook of the sandbox: all that it has methods for. */
export const ALL_SCOPES: readonly string[] = [
  'crm',
  'department',
  'im',
  'messageservice',
  'placement',
  'telephony',
  'user',
  'userfieldconfig',
]

export const NO_AUTH = refused('NO_AUTH_FOUND', 'Wrong authorization data', 401)
const NO_SCOPE = refused(
  'insufficient_scope',
  'The request requires higher privileges than provided by the webhook token',
  403,
)

/** The rights of an inbound webhook; null when user or code are wrong. */
export function webhookAuth(data: PortalData, userId: number, code: string): RestAuth | null {
  const user = data.users.find(
    ({ ID, webhookCode, ACTIVE }) => ID === userId && webhookCode === code && ACTIVE,
  )
  return user ? { kind: 'webhook', userId, scopes: ALL_SCOPES, appId: null } : null
}

/** Who acts; null when he is no longer there or was dismissed. */
export function actingUser(data: PortalData, auth: RestAuth): PortalUser | null {
  return data.users.find(({ ID, ACTIVE }) => ID === auth.userId && ACTIVE) ?? null
}

/** `user_basic` and `user_brief` are smaller forms of `user`. */
const USER_SCOPES = new Set(['user', 'user_basic', 'user_brief'])

/** Refuses what the scopes don't give; `basic` is always there (docs: scopes/permissions.md). */
export function refuseByScope(auth: RestAuth, scope: string): Refusal | null {
  if (scope === 'basic' || auth.scopes.includes(scope)) return null
  if (scope === 'user' && auth.scopes.some((one) => USER_SCOPES.has(one))) return null
  return NO_SCOPE
}

/** Whose running time it is: each webhook's and each application's is counted apart. */
export function authKey({ appId, userId }: RestAuth): string {
  return appId ?? `webhook ${userId}`
}
