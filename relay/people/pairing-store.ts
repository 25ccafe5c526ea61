import { type Kysely, sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Pairing, PairingCodeRequest } from '../../lib/contracts/relay-people.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { addTokenOf } from '../tokens/token-store.ts'
import { hashOfPairingCode, readPairingCode } from './pairing-code.ts'
import { type Actor, addPerson, takePerson } from './person-store.ts'

export const PAIRING_MINUTES = 10

/**
 * Keeps a code, as a hash only, for somebody new or somebody known. Refused when their role is
 * above the actor's, or when they are no longer active.
 */
export async function keepPairingCode(
  trx: Transaction<Database>,
  actor: Actor,
  code: string,
  request: PairingCodeRequest,
): Promise<Result<{ personId: string; expiresAt: string }, RelayProblem>> {
  const person = await personOf(trx, actor, request)
  if (!person.ok) return person
  const { id, role } = person.value
  const expiresAt = new Date(Date.now() + PAIRING_MINUTES * 60_000)
  await trx
    .insertInto('pairing_code')
    .values({
      code_hash: hashOfPairingCode(code),
      person_id: id,
      role,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute()
  const subject = `person:${id}`
  await recordAudit(trx, { kind: 'pairing_code.made', actor, subject, detail: { role } })
  return { ok: true, value: { personId: id, expiresAt: expiresAt.toISOString() } }
}

async function personOf(
  trx: Transaction<Database>,
  actor: Actor,
  request: PairingCodeRequest,
): ReturnType<typeof addPerson> {
  if ('name' in request) return addPerson(trx, actor, request)
  const known = await takePerson(trx, actor, request.personId)
  if (!known.ok || known.value.isActive) return known
  return { ok: false, reason: { code: 'invalid', message: 'this person is not active' } }
}

/** Trades a code for a token, once. A person who was changed since the code was made needs a new one. */
export async function pair(
  db: Kysely<Database>,
  typed: string,
): Promise<Result<Pairing, RelayProblem>> {
  const code = readPairingCode(typed)
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('pairing_code')
      .innerJoin('person', 'person.id', 'pairing_code.person_id')
      .select(['person_id', 'name', 'person.role', 'pairing_code.role as given', 'is_active'])
      .select(['used_at', sql<boolean>`expires_at <= now()`.as('is_expired')])
      .where('code_hash', '=', hashOfPairingCode(code ?? ''))
      .forUpdate()
      .executeTakeFirst()
    if (!row) return no('pairing_code_unknown', 'there is no such pairing code: check the letters')
    if (row.used_at) return no('pairing_code_used', 'this code was used: ask for a new one')
    if (row.is_expired || !row.is_active || row.role !== row.given) {
      return no('pairing_code_expired', 'this code is no longer valid: ask for a new one')
    }
    await trx
      .updateTable('pairing_code')
      .set({ used_at: new Date() })
      .where('code_hash', '=', hashOfPairingCode(code ?? ''))
      .execute()
    const token = await addTokenOf(trx, row.person_id)
    const actor = { personId: row.person_id, name: row.name }
    await recordAudit(trx, { kind: 'pairing.done', actor, subject: `token:${token.slice(4, 16)}` })
    return { ok: true, value: { token, name: row.name, role: row.role } }
  })
}

function no(code: RelayProblem['code'], message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code, message } }
}
