import type { Kysely, Transaction } from 'kysely'
import type { RoleAccess } from '../../lib/contracts/relay-people.ts'
import type { Role } from '../../lib/contracts/role.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import type { Caller } from '../tokens/token-store.ts'

/** What the role of a caller sees and takes away; read with each request, so a change is at once. */
export type Access = Omit<RoleAccess, 'role'>

/** Of a role without a row: the least. */
export const LEAST_ACCESS: Access = { masksPhones: true, mayExport: false }

export async function readAccess(db: Kysely<Database>, role: Role): Promise<Access> {
  const row = await db
    .selectFrom('role_access')
    .selectAll()
    .where('role', '=', role)
    .executeTakeFirst()
  return row ? { masksPhones: row.masks_phones, mayExport: row.may_export } : LEAST_ACCESS
}

export async function listAccess(db: Kysely<Database>): Promise<RoleAccess[]> {
  const rows = await db.selectFrom('role_access').selectAll().orderBy('role').execute()
  return rows.map((row) => ({
    role: row.role,
    masksPhones: row.masks_phones,
    mayExport: row.may_export,
  }))
}

/** Sets what a role sees, with a line in the audit log. */
export async function setAccess(
  trx: Transaction<Database>,
  actor: Caller | 'command',
  { role, masksPhones, mayExport }: RoleAccess,
): Promise<void> {
  const values = { masks_phones: masksPhones, may_export: mayExport }
  await trx
    .insertInto('role_access')
    .values({ role, ...values })
    .onConflict((conflict) => conflict.column('role').doUpdateSet(values))
    .execute()
  const detail = { masksPhones, mayExport }
  await recordAudit(trx, { kind: 'access.changed', actor, subject: `role:${role}`, detail })
}
