import type { AccessTokens, TokenRefusal } from '../bitrix24/authorisation.ts'
import { type Instant, type Result, unreachable } from '../contracts/common.ts'
import { AccessToken, type AccessTokenRequest } from '../contracts/relay-sign-in.ts'
import type { PortalByAccount } from '../contracts/settings.ts'
import type { RelayTrouble } from './relay-client.ts'

/** One that has less left is not used for a new request, in milliseconds. */
const MARGIN_MS = 60_000

/** Where the token outlives the worker's sleep: the browser's session storage and nowhere else. */
export interface TokenStore {
  read(): Promise<unknown>
  write(token: AccessToken | null): Promise<void>
}

export interface AccessTokensOptions {
  /** The portal and the account of the settings. */
  portal: PortalByAccount
  /** The relay; it refreshes when it must. */
  ask(request: AccessTokenRequest): Promise<Result<AccessToken, RelayTrouble>>
  store: TokenStore
  /** Epoch milliseconds. */
  now(): number
  /** The relay gave a token for another address of the same portal: an administrator agreed to it. */
  onMoved(origin: string): void
}

/** The account's access tokens; requests that need one at the same time ask the relay once. */
export function createAccessTokens(options: AccessTokensOptions): AccessTokens {
  const { portal, ask, store, now, onMoved } = options
  let kept: AccessToken | null = null
  let asking: Promise<Result<string, TokenRefusal>> | null = null
  const loaded = store.read().then((stored) => {
    const token = AccessToken.safeParse(stored)
    if (token.success && isOurs(token.data)) kept = token.data
  })

  function isOurs({ portal: of }: AccessToken): boolean {
    const { memberId, userId } = portal.account
    return of.memberId === memberId && of.userId === userId && of.origin === portal.origin
  }

  function renew(refused: Instant | null): Promise<Result<string, TokenRefusal>> {
    asking ??= askRelay(refused).finally(() => {
      asking = null
    })
    return asking
  }

  async function askRelay(refused: Instant | null): Promise<Result<string, TokenRefusal>> {
    const answer = await ask({ refused })
    if (!answer.ok) return { ok: false, reason: refusalOf(answer.reason) }
    const token = answer.value
    const isSameAccount =
      token.portal.memberId === portal.account.memberId &&
      token.portal.userId === portal.account.userId
    if (!isSameAccount) return refuse('signed_out', 'the relay answers for another account')
    const isAtHome = isOurs(token) && new URL(token.endpoint).origin === portal.origin
    if (!isAtHome) {
      onMoved(token.portal.origin)
      return refuse('moved', token.portal.origin)
    }
    kept = token
    await store.write(token)
    return { ok: true, value: token.accessToken }
  }

  return {
    endpoint: `${portal.origin}/rest/`,

    async token() {
      await loaded
      const isFresh = kept !== null && Date.parse(kept.expiresAt) - now() >= MARGIN_MS
      return kept && isFresh ? { ok: true, value: kept.accessToken } : renew(null)
    },

    async refused(token) {
      await loaded
      // Another request was refused before, and a newer one is here already.
      if (kept && kept.accessToken !== token) return { ok: true, value: kept.accessToken }
      const newer = await renew(kept?.expiresAt ?? null)
      // It was being asked for already when this one was refused, and was this one.
      if (newer.ok && newer.value === token) return renew(kept?.expiresAt ?? null)
      return newer
    },
  }
}

function refuse(reason: TokenRefusal['reason'], text: string): Result<never, TokenRefusal> {
  return { ok: false, reason: { reason, text } }
}

/** What the relay's refusal means for whoever wanted a token. */
function refusalOf({ reason, code, detail: text }: RelayTrouble): TokenRefusal {
  switch (code) {
    case 'bitrix24_signed_out':
      return { reason: 'signed_out', text }
    case 'bitrix24_app_removed':
      return { reason: 'app_removed', text }
    case 'bitrix24_user_dismissed':
      return { reason: 'user_dismissed', text }
    case 'bitrix24_scope_missing':
      return { reason: 'scope_missing', text }
    case 'bitrix24_moved':
      return { reason: 'moved', text }
    default:
      return { reason: fallbackOf(reason), text }
  }
}

function fallbackOf(reason: RelayTrouble['reason']): TokenRefusal['reason'] {
  switch (reason) {
    case 'unauthorized':
      return 'relay_signed_out'
    case 'not_configured':
      return 'signed_out'
    case 'away':
    case 'unavailable':
    case 'limit':
    case 'invalid':
    case 'not_found':
    case 'protocol':
      return 'relay_away'
    default:
      return unreachable(reason)
  }
}
