import { z } from 'zod'
import { Instant } from './common.ts'
import { Role } from './role.ts'

/**
 * Signing in with a Bitrix24 account (docs/architecture.md, «Who you are»). The extension keeps a
 * verifier to itself and shows only its hash, so that nobody who sees the address of the sign-in
 * can fetch its token.
 */
export const SignInRequest = z.strictObject({
  /** SHA-256 of the verifier, base64url. */
  challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Of the page that tells the person that it worked. */
  language: z.enum(['ru', 'uk', 'en']),
})
export type SignInRequest = z.infer<typeof SignInRequest>

/** POST /v1/sign-ins → 201. Needs no token. */
export const SignIn = z.strictObject({
  id: z.uuid(),
  /** To be opened in a tab: Bitrix24 asks who it is. */
  authorizeUrl: z.url(),
  expiresAt: Instant,
})
export type SignIn = z.infer<typeof SignIn>

/** POST /v1/sign-ins/:id/token; waits up to 20 s for the person. Needs no token. */
export const SignInTokenRequest = z.strictObject({
  /** 32 random bytes, base64url. */
  verifier: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  waitSeconds: z.int().min(0).max(20).default(20),
})
export type SignInTokenRequest = z.infer<typeof SignInTokenRequest>

/** The portal and the user behind a signed-in person. */
export const PortalAccount = z.strictObject({
  origin: z.url(),
  memberId: z.string(),
  userId: z.int().positive(),
})
export type PortalAccount = z.infer<typeof PortalAccount>

export const SignInState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting') }),
  z.strictObject({
    state: z.literal('done'),
    /** The relay's token, given once. */
    token: z.string(),
    name: z.string(),
    role: Role,
    portal: PortalAccount,
  }),
])
export type SignInState = z.infer<typeof SignInState>

/** POST /v1/bitrix24/access-token: for the caller's own account. */
export const AccessTokenRequest = z.strictObject({
  /** The `expiresAt` of a token that Bitrix24 has just refused; null = any valid one will do. */
  refused: Instant.nullable(),
})
export type AccessTokenRequest = z.infer<typeof AccessTokenRequest>

export const AccessToken = z.strictObject({
  /** Kept in the browser's session storage and nowhere else. */
  accessToken: z.string(),
  expiresAt: Instant,
  /** Where REST is: `https://portal/rest/`. */
  endpoint: z.url(),
  portal: PortalAccount,
})
export type AccessToken = z.infer<typeof AccessToken>

/**
 * How an account's way to Bitrix24 can end; codes of RelayProblem. Each has one text and one
 * button: sign in again (`signed_out`), ask the administrator (`app_removed`, `user_dismissed`,
 * `scope_missing`), agree to the new address (`moved`, by an administrator).
 */
export const BITRIX24_ENDS = [
  'bitrix24_signed_out',
  'bitrix24_app_removed',
  'bitrix24_user_dismissed',
  'bitrix24_scope_missing',
  'bitrix24_moved',
] as const

/** POST /v1/bitrix24/portal-move: an administrator agrees that the portal has a new address. */
export const PortalMoveRequest = z.strictObject({ origin: z.url() })
export type PortalMoveRequest = z.infer<typeof PortalMoveRequest>
