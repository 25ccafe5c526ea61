import { sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import { type Account, endAccount, keepPair, lockAccount, openSecrets } from './account-store.ts'
import { type Bitrix24End, endProblem, lacksScopes } from './ends.ts'
import type { Verdict } from './judge-account.ts'
import { agreedOrigin, notePortal } from './portal-store.ts'
import { askWhoseToken } from './portal-user.ts'
import type { OAuthRoom } from './room.ts'
import { requestTokens, type TokenFailure, type TokenPair } from './token-endpoint.ts'

const AWAY: RelayProblem = {
  code: 'unavailable',
  message: 'Bitrix24 gave no clear answer: try again in a moment',
}
const NO_KEY: RelayProblem = {
  code: 'not_configured',
  message: 'the token pair can not be opened: is its key still in RELAY_KEYS?',
}

/**
 * Renews a person's pair, one at a time over all relays: the account's row stays locked until the
 * new pair is stored. That Bitrix24 is asked is committed before the request, so whoever comes
 * after a crash knows that an answer may have been lost, and tries the old refresh token once more:
 * what Bitrix24 has invalidated ends in `bitrix24_signed_out`, the rest goes on.
 * `judge` looks again under the lock: another relay may have renewed it meanwhile.
 */
export async function renewPair(
  room: OAuthRoom,
  personId: string,
  judge: (account: Account) => Verdict,
): Promise<Result<null, RelayProblem>> {
  const done = await room.db.transaction().execute(async (trx) => {
    // A relay whose machine vanished must not hold the row for ever.
    await sql`set local idle_in_transaction_session_timeout = '60s'`.execute(trx)
    const account = await lockAccount(trx, personId)
    if (!account) return end('bitrix24_signed_out')
    const verdict = judge(account)
    if (verdict.kind === 'end') return end(verdict.end)
    return verdict.kind === 'give' ? DONE : renew(room, trx, account)
  })
  crashPoint('oauth.committed')
  return done
}

async function renew(
  { db, sealer, config, log }: OAuthRoom,
  trx: Transaction<Database>,
  account: Account,
): Promise<Result<null, RelayProblem>> {
  const secrets = openSecrets(sealer, account)
  if (!secrets) return { ok: false, reason: NO_KEY }
  const { person_id, auth_origin } = account
  // Not in `trx`: it must stay when this relay dies.
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('token_refresh')
    .values({ person_id, started_at: new Date() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  const isAfterLoss = numInsertedOrUpdatedRows === 0n
  if (isAfterLoss) log.warn({ personId: person_id }, 'a token refresh was lost: trying once more')
  crashPoint('oauth.intentStored')
  const answer = await requestTokens(config, auth_origin, {
    grant_type: 'refresh_token',
    refresh_token: secrets.refreshToken,
  })
  crashPoint('oauth.received')
  if (answer.ok) return keep(trx, { sealer, config }, account, answer.value)
  const origin = agreedOrigin(config, account)
  const ended = await endOf(answer.reason, origin, secrets.accessToken)
  if (ended === null) return { ok: false, reason: AWAY }
  await endAccount(trx, account, ended, { isAfterLoss })
  return end(ended)
}

async function keep(
  trx: Transaction<Database>,
  { sealer, config }: Pick<OAuthRoom, 'sealer' | 'config'>,
  account: Account,
  pair: TokenPair,
): Promise<Result<null, RelayProblem>> {
  const { person_id, user_id, auth_origin, member_id } = account
  // The old refresh token is gone, so the pair is kept first, whatever else is wrong with it.
  const kept = { ...pair, memberId: member_id }
  const ended = lacksScopes(pair.scopes) ? 'bitrix24_scope_missing' : null
  const values = { userId: user_id, authOrigin: auth_origin, pair: kept, ended: null }
  await keepPair(trx, sealer, person_id, values)
  crashPoint('oauth.stored')
  const seen = new URL(pair.clientEndpoint).origin
  if (pair.memberId !== member_id) {
    await endAccount(trx, account, 'bitrix24_signed_out', { isOtherPortal: true })
    return end('bitrix24_signed_out')
  }
  if ((await notePortal(trx, config, member_id, seen)) === null) return end('bitrix24_moved')
  if (ended === null) return DONE
  await endAccount(trx, account, ended)
  return end(ended)
}

/** Null = unclear: the refresh token may be used or not, and is tried again next time. */
async function endOf(
  failure: TokenFailure,
  origin: string,
  accessToken: string,
): Promise<Bitrix24End | null> {
  switch (failure) {
    case 'refused': {
      // The auth host does not say why; the portal does, by what it answers to the old token.
      const who = await askWhoseToken(origin, accessToken)
      const isOut = !who.ok && who.reason.kind === 'no_access'
      return isOut ? 'bitrix24_user_dismissed' : 'bitrix24_signed_out'
    }
    case 'revoked':
    case 'unpaid':
      return 'bitrix24_app_removed'
    case 'scope':
      return 'bitrix24_scope_missing'
    case 'unknown_host':
      return 'bitrix24_signed_out'
    case 'unclear':
      return null
  }
}

const DONE = { ok: true, value: null } as const

function end(code: Bitrix24End): Result<never, RelayProblem> {
  return { ok: false, reason: endProblem(code) }
}
