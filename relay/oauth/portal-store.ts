import type { Kysely, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import type { Actor } from '../people/person-store.ts'
import type { OAuthConfig } from './oauth-config.ts'
import type { PortalApplicationTable } from './tables.ts'

type Agreed = Pick<PortalApplicationTable, 'configured_origin' | 'origin'>

/** The address in use: the agreed one, until the configuration names another. */
export function agreedOrigin(config: OAuthConfig, row: Agreed | undefined): string {
  return row?.configured_origin === config.portalOrigin ? row.origin : config.portalOrigin
}

/** Where people are sent to sign in. */
export async function signInOrigin(db: Kysely<Database>, config: OAuthConfig): Promise<string> {
  const row = await db
    .selectFrom('portal_application')
    .select(['configured_origin', 'origin'])
    .where('configured_origin', '=', config.portalOrigin)
    .orderBy('connected_at', 'desc')
    .executeTakeFirst()
  return agreedOrigin(config, row)
}

/**
 * Notes where Bitrix24 says that the portal is. `null` = somewhere else than agreed, which now
 * waits for an administrator; otherwise the agreed origin.
 */
export async function notePortal(
  trx: Transaction<Database>,
  config: OAuthConfig,
  memberId: string,
  seenOrigin: string,
): Promise<string | null> {
  const row = await trx
    .selectFrom('portal_application')
    .select(['configured_origin', 'origin'])
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  const origin = agreedOrigin(config, row)
  if (seenOrigin !== origin) {
    if (row) await offerMove(trx, memberId, seenOrigin)
    return null
  }
  const agreed = { configured_origin: config.portalOrigin, origin, offered_origin: null }
  await trx
    .insertInto('portal_application')
    .values({ member_id: memberId, ...agreed, application_token: null })
    .onConflict((conflict) => conflict.column('member_id').doUpdateSet(agreed))
    .execute()
  return origin
}

/** Keeps a new address until an administrator agrees to it; nothing is sent there before. */
export async function offerMove(
  db: Kysely<Database>,
  memberId: string,
  origin: string,
): Promise<void> {
  await db
    .updateTable('portal_application')
    .set({ offered_origin: origin })
    .where('member_id', '=', memberId)
    .execute()
}

/** Agrees to the address that Bitrix24 named, and to no other. */
export async function agreeToMove(
  trx: Transaction<Database>,
  config: OAuthConfig,
  actor: Actor,
  wanted: string,
): Promise<Result<{ ok: true }, RelayProblem>> {
  const origin = new URL(wanted).origin
  const row = await trx
    .selectFrom('portal_application')
    .select(['member_id', 'offered_origin'])
    .where('offered_origin', '=', origin)
    .forUpdate()
    .executeTakeFirst()
  if (!row) {
    const message = 'Bitrix24 has not named this address as the new one of the portal'
    return { ok: false, reason: { code: 'invalid', message } }
  }
  await trx
    .updateTable('portal_application')
    .set({ configured_origin: config.portalOrigin, origin, offered_origin: null })
    .where('member_id', '=', row.member_id)
    .execute()
  await recordAudit(trx, { kind: 'portal.moved', actor, detail: { origin } })
  return { ok: true, value: { ok: true } }
}
