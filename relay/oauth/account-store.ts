import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { placeOf, type Sealer } from '../secrets/sealed.ts'
import type { Bitrix24End } from './ends.ts'
import type { TokenPair } from './token-endpoint.ts'

const placeFor = (personId: string) => placeOf('portal_account', 'sealed', personId)

const Secrets = z.object({ accessToken: z.string(), refreshToken: z.string() })
type Secrets = z.infer<typeof Secrets>

/** An account with where its portal is. */
export type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** Null for whoever never signed in with Bitrix24. */
export function findAccount(db: Kysely<Database>, personId: string) {
  return accounts(db).where('person_id', '=', personId).executeTakeFirst()
}

/** The same, and whoever else wants it, on any relay, waits until the transaction ends. */
export function lockAccount(trx: Transaction<Database>, personId: string) {
  return accounts(trx)
    .where('person_id', '=', personId)
    .forUpdate('portal_account')
    .executeTakeFirst()
}

/** Null when no key opens it: it was sealed with a key that is gone. */
export function openSecrets(
  sealer: Sealer,
  account: Pick<Account, 'person_id' | 'sealed'>,
): Secrets | null {
  const opened = sealer.open(account.sealed, placeFor(account.person_id))
  return opened.ok ? Secrets.parse(JSON.parse(opened.value)) : null
}

/** Keeps a fresh pair in the place of the one before, and ends what was under way. */
export async function keepPair(
  trx: Transaction<Database>,
  sealer: Sealer,
  personId: string,
  account: { userId: number; authOrigin: string; pair: TokenPair; ended: Bitrix24End | null },
): Promise<void> {
  const { pair, ended } = account
  const { accessToken, refreshToken } = pair
  const values = {
    member_id: pair.memberId,
    user_id: account.userId,
    auth_origin: account.authOrigin,
    sealed: sealer.seal(JSON.stringify({ accessToken, refreshToken }), placeFor(personId)),
    expires_at: new Date(pair.accessExpiresAt),
    refreshed_at: new Date(),
    ended,
    ended_at: ended && new Date(),
  }
  await trx
    .insertInto('portal_account')
    .values({ person_id: personId, ...values })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(values))
    .execute()
  await trx.deleteFrom('token_refresh').where('person_id', '=', personId).execute()
}

/** Notes how an account's way to Bitrix24 ended; the audit log hears of it once. */
export async function endAccount(
  trx: Transaction<Database>,
  account: Pick<Account, 'person_id' | 'ended'>,
  ended: Bitrix24End,
  detail: Record<string, boolean> = {},
): Promise<void> {
  const { person_id } = account
  await trx
    .updateTable('portal_account')
    .set({ ended, ended_at: new Date() })
    .where('person_id', '=', person_id)
    .execute()
  await trx.deleteFrom('token_refresh').where('person_id', '=', person_id).execute()
  if (account.ended === ended) return
  const subject = `person:${person_id}`
  const event = { kind: 'portal.disconnected', actor: 'relay', subject } as const
  await recordAudit(trx, { ...event, detail: { reason: ended, ...detail } })
}

function accounts(db: Kysely<Database>) {
  return db
    .selectFrom('portal_account')
    .innerJoin('portal_application', 'portal_application.member_id', 'portal_account.member_id')
    .select(['person_id', 'portal_account.member_id', 'user_id', 'auth_origin', 'sealed'])
    .select(['expires_at', 'refreshed_at', 'ended', 'ended_at'])
    .select(['configured_origin', 'origin', 'offered_origin'])
}
