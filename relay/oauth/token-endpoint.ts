import { z } from 'zod'
import type { Result } from '../../lib/contracts/common.ts'

export interface OAuthClient {
  clientId: string
  /** A secret: never logged, never answered. */
  clientSecret: string
  /** Origins that may be asked for tokens, e.g. `https://oauth.bitrix.info`; nothing else is. */
  authOrigins: readonly string[]
}

/** A pair of tokens of one portal user, as Bitrix24 gave it. */
export interface TokenPair {
  accessToken: string
  refreshToken: string
  /** Epoch milliseconds, by our own clock. */
  accessExpiresAt: number
  /** Of the portal: stays when the portal is renamed. */
  memberId: string
  /** Address of the portal's REST, e.g. `https://firma.bitrix24.ru/rest/`. */
  clientEndpoint: string
  scopes: string[]
}

/**
 * Why there is no pair:
 * `refused` – code or refresh token are worth nothing: used, too old, or the person was dismissed;
 * `revoked` – the portal no longer has our application, or its keys are others;
 * `scope` – we ask for more than the application's card allows;
 * `unpaid` – REST is not in the portal's plan;
 * `unknown_host` – not one of ours to ask, nothing was sent;
 * `unclear` – no answer, or one that can't be read: the refresh token may be used or not.
 */
export type TokenFailure = 'refused' | 'revoked' | 'scope' | 'unpaid' | 'unknown_host' | 'unclear'

export type TokenGrant =
  | { grant_type: 'authorization_code'; code: string }
  | { grant_type: 'refresh_token'; refresh_token: string }

const TIMEOUT_MS = 15_000

/** Bitrix24 docs: settings/oauth/index.md. `domain` is left out: it is the auth host's here. */
const Answer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  member_id: z.string().min(1),
  client_endpoint: z.url({ protocol: /^https?$/ }),
  scope: z.string(),
})

/** Bitrix24 docs: settings/oauth/error-codes.md, auto-renewal.md. */
const Failure = z.object({ error: z.string() })
const REASONS: Partial<Record<string, TokenFailure>> = {
  invalid_grant: 'refused',
  invalid_client: 'revoked',
  insufficient_scope: 'scope',
  invalid_scope: 'scope',
  PAYMENT_REQUIRED: 'unpaid',
}

/**
 * Asks an auth host for a pair. Sent once, never repeated: a refresh token works once, so whether
 * to ask again is for the caller to decide by what it has stored. Redirects are not followed, as
 * they would carry the client secret elsewhere. A form, not a query: addresses end up in logs.
 */
export async function requestTokens(
  client: OAuthClient,
  authOrigin: string,
  grant: TokenGrant,
  now: () => number = Date.now,
): Promise<Result<TokenPair, TokenFailure>> {
  if (!client.authOrigins.includes(authOrigin)) return { ok: false, reason: 'unknown_host' }
  const { clientId, clientSecret } = client
  const body = new URLSearchParams({
    ...grant,
    client_id: clientId,
    client_secret: clientSecret,
  })
  const askedAt = now()
  const answer = await post(`${authOrigin}/oauth/token/`, body)
  const pair = Answer.safeParse(answer)
  if (pair.success) return { ok: true, value: toPair(pair.data, askedAt) }
  const failure = Failure.safeParse(answer)
  return { ok: false, reason: (failure.success && REASONS[failure.data.error]) || 'unclear' }
}

/**
 * The configured origin of the `server_domain` that the authorize page returned (a bare host);
 * null when it is none of ours: the return comes through a browser and may be forged.
 */
export function authOriginOf({ authOrigins }: OAuthClient, serverDomain: string): string | null {
  return authOrigins.find((origin) => new URL(origin).host === serverDomain.toLowerCase()) ?? null
}

async function post(url: string, body: URLSearchParams): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual', signal })
    return await response.json()
  } catch {
    // The caller learns «unclear»; the error's text might name the address with its parameters.
    return null
  }
}

/** Counted from before the request: rather an early refresh than a token that is no longer good. */
function toPair(answer: z.infer<typeof Answer>, askedAt: number): TokenPair {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    accessExpiresAt: askedAt + answer.expires_in * 1000,
    memberId: answer.member_id,
    clientEndpoint: answer.client_endpoint,
    scopes: answer.scope.split(',').filter((scope) => scope !== ''),
  }
}
