import type { Account } from './account-store.ts'
import type { Bitrix24End } from './ends.ts'

/** A token that ends sooner is not given out. */
const SPARE_MS = 60_000

/** What an administrator may have put right meanwhile is tried again, this often at most. */
const RETRY_END_MS = 60_000

/** Refresh tokens live 180 days (Bitrix24 docs: settings/oauth/auto-renewal.md). */
const IDLE_MS = 149 * 24 * 60 * 60_000

export type Verdict = { kind: 'give' } | { kind: 'renew' } | { kind: 'end'; end: Bitrix24End }

type Judged = Pick<Account, 'expires_at' | 'ended' | 'ended_at' | 'offered_origin'>

/**
 * What a request for an access token comes to. `refused` = epoch ms when the token that Bitrix24
 * has just refused would have ended; if ours is another one, somebody has renewed it already.
 */
export function judgeAccount(account: Judged, refused: number | null, now: number): Verdict {
  const { ended, ended_at } = account
  if (account.offered_origin !== null) return { kind: 'end', end: 'bitrix24_moved' }
  // Only a new sign-in helps: Bitrix24 has said that the refresh token is worth nothing.
  if (ended === 'bitrix24_signed_out') return { kind: 'end', end: ended }
  if (ended !== null) {
    const isRecent = now - (ended_at?.getTime() ?? 0) < RETRY_END_MS
    return isRecent ? { kind: 'end', end: ended } : { kind: 'renew' }
  }
  const expiresAt = account.expires_at.getTime()
  return expiresAt === refused || expiresAt - now < SPARE_MS ? { kind: 'renew' } : { kind: 'give' }
}

/** Whether a pair that nobody used must be renewed, so that it does not run out. */
export function isIdleTooLong(account: Pick<Account, 'refreshed_at'>, now: number): boolean {
  return now - account.refreshed_at.getTime() >= IDLE_MS
}

export function idleSince(now: number): Date {
  return new Date(now - IDLE_MS)
}
