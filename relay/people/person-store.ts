import { type Kysely, sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { RelayPerson, RelayPersonChange } from '../../lib/contracts/relay-people.ts'
import type { Role } from '../../lib/contracts/role.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { type Caller, revokeTokensOf } from '../tokens/token-store.ts'
import { mayGive } from './permissions.ts'

/** Who acts: a caller, bound by the role; or somebody at the command line, who owns the machine. */
export type Actor = Caller | 'command'

const UNKNOWN: RelayProblem = { code: 'not_found', message: 'there is no such person' }
const ABOVE: RelayProblem = { code: 'forbidden', message: 'this role is not yours to give' }

/** Whether the actor may give the role, or act upon somebody who has it. */
export function mayActOn(actor: Actor, role: Role): boolean {
  return actor === 'command' || mayGive(actor.role, role)
}

export async function listPeople(db: Kysely<Database>): Promise<RelayPerson[]> {
  const rows = await people(db).orderBy('person.created_at').execute()
  return rows.map(toPerson)
}

/** Adds somebody; refused when the role is above the actor's. */
export async function addPerson(
  trx: Transaction<Database>,
  actor: Actor,
  person: { name: string; role: Role },
): Promise<Result<{ id: string; role: Role }, RelayProblem>> {
  if (!mayActOn(actor, person.role)) return { ok: false, reason: ABOVE }
  const { name, role } = person
  const { id } = await trx
    .insertInto('person')
    .values({ name, role })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(trx, { kind: 'person.added', actor, subject: `person:${id}`, detail: { role } })
  return { ok: true, value: { id, role } }
}

/** An active person upon whom the actor may act; locked until the transaction ends. */
export async function takePerson(
  trx: Transaction<Database>,
  actor: Actor,
  id: string,
): Promise<Result<{ id: string; role: Role; isActive: boolean }, RelayProblem>> {
  const row = await trx
    .selectFrom('person')
    .select(['id', 'role', 'is_active'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return { ok: false, reason: UNKNOWN }
  if (!mayActOn(actor, row.role)) {
    return { ok: false, reason: { code: 'forbidden', message: 'this person is above your role' } }
  }
  return { ok: true, value: { id: row.id, role: row.role, isActive: row.is_active } }
}

/** Changes name, role, or whether somebody is active; who is made inactive loses every token. */
export async function changePerson(
  trx: Transaction<Database>,
  actor: Actor,
  id: string,
  change: RelayPersonChange,
): Promise<Result<RelayPerson, RelayProblem>> {
  const taken = await takePerson(trx, actor, id)
  if (!taken.ok) return taken
  const { name, role, isActive } = change
  if (role && !mayActOn(actor, role)) return { ok: false, reason: ABOVE }
  const values = {
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(isActive !== undefined && { is_active: isActive }),
  }
  if (Object.keys(values).length > 0) {
    await trx.updateTable('person').set(values).where('id', '=', id).execute()
  }
  if (isActive === false) {
    await revokeTokensOf(trx, id)
  }
  const detail = {
    ...(name !== undefined && { renamed: true }),
    ...(role !== undefined && { role, formerRole: taken.value.role }),
    ...(isActive !== undefined && { isActive }),
  }
  await recordAudit(trx, { kind: 'person.changed', actor, subject: `person:${id}`, detail })
  const row = await people(trx).where('person.id', '=', id).executeTakeFirstOrThrow()
  return { ok: true, value: toPerson(row) }
}

function people(db: Kysely<Database>) {
  return db
    .selectFrom('person')
    .leftJoin('softphone_account', 'softphone_account.person_id', 'person.id')
    .select(['person.id', 'name', 'role', 'is_active', 'person.created_at'])
    .select(sql<boolean>`softphone_account.person_id is not null`.as('has_softphone'))
}

type Row = Awaited<ReturnType<ReturnType<typeof people>['executeTakeFirstOrThrow']>>

function toPerson(row: Row): RelayPerson {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    isActive: row.is_active,
    hasSoftphone: row.has_softphone,
    createdAt: row.created_at.toISOString(),
  }
}
