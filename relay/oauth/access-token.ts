import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { AccessToken, PortalAccount } from '../../lib/contracts/relay-sign-in.ts'
import { type Account, endAccount, findAccount, openSecrets } from './account-store.ts'
import { type Bitrix24End, endProblem } from './ends.ts'
import { createGate } from './gate.ts'
import { isIdleTooLong, judgeAccount } from './judge-account.ts'
import { agreedOrigin, offerMove } from './portal-store.ts'
import { askWhoseToken } from './portal-user.ts'
import { renewPair } from './renew-pair.ts'
import type { OAuthRoom } from './room.ts'

/** Each renewal holds two database connections of ten for as long as Bitrix24 takes. */
const RENEWALS_AT_A_TIME = 3

/** Hands out access tokens, renews pairs. */
export interface AccessTokens {
  /** For the person's own account; `refused` = when the token that was refused would have ended. */
  forPerson(personId: string, refused: Date | null): Promise<Result<AccessToken, RelayProblem>>
  /** Renews the pair if nobody has for 149 days. */
  renewIdle(personId: string): Promise<void>
}

export function createAccessTokens(room: OAuthRoom): AccessTokens {
  const gate = createGate(RENEWALS_AT_A_TIME)

  async function forPerson(personId: string, refused: Date | null) {
    const refusedMs = refused?.getTime() ?? null
    const judge = (account: Account) => judgeAccount(account, refusedMs, Date.now())
    const account = await findAccount(room.db, personId)
    if (!account) return end('bitrix24_signed_out')
    const verdict = judge(account)
    if (verdict.kind === 'end') return end(verdict.end)
    if (verdict.kind === 'give') return give(room, account)
    const renewed = await gate(() => renewPair(room, personId, judge))
    if (!renewed.ok) return renewed
    const fresh = await findAccount(room.db, personId)
    if (!fresh) return end('bitrix24_signed_out')
    return refused === null ? give(room, fresh) : giveChecked(room, fresh)
  }

  return {
    forPerson,
    async renewIdle(personId) {
      await gate(() =>
        renewPair(room, personId, (account) => ({
          kind: account.ended === null && isIdleTooLong(account, Date.now()) ? 'renew' : 'give',
        })),
      )
    },
  }
}

/** A token was refused before its time: the portal is asked why, with the fresh one. */
async function giveChecked(room: OAuthRoom, account: Account) {
  const given = give(room, account)
  if (!given.ok) return given
  const origin = agreedOrigin(room.config, account)
  const who = await askWhoseToken(origin, given.value.accessToken)
  if (who.ok || who.reason.kind === 'unclear' || who.reason.kind === 'expired') return given
  if (who.reason.kind === 'moved') {
    await offerMove(room.db, account.member_id, who.reason.origin)
    return end('bitrix24_moved')
  }
  const code: Bitrix24End =
    who.reason.kind === 'scope' ? 'bitrix24_scope_missing' : 'bitrix24_user_dismissed'
  await room.db.transaction().execute((trx) => endAccount(trx, account, code))
  return end(code)
}

function give({ sealer, config }: OAuthRoom, account: Account): Result<AccessToken, RelayProblem> {
  const secrets = openSecrets(sealer, account)
  if (!secrets) {
    const message = 'the token pair can not be opened: is its key still in RELAY_KEYS?'
    return { ok: false, reason: { code: 'not_configured', message } }
  }
  const portal = portalOf(account, agreedOrigin(config, account))
  return {
    ok: true,
    value: {
      accessToken: secrets.accessToken,
      expiresAt: account.expires_at.toISOString(),
      endpoint: `${portal.origin}/rest/`,
      portal,
    },
  }
}

export function portalOf(
  account: { member_id: string; user_id: number },
  origin: string,
): PortalAccount {
  return { origin, memberId: account.member_id, userId: account.user_id }
}

function end(code: Bitrix24End): Result<never, RelayProblem> {
  return { ok: false, reason: endProblem(code) }
}
