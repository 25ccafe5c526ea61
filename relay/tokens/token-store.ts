import { type Kysely, sql } from 'kysely'
import type { Role } from '../../lib/contracts/role.ts'
import type { Database } from '../database/schema.ts'
import { isSecretOf, makeToken, parseToken } from './token.ts'

/** Whose token a request carries. */
export interface Caller {
  personId: string
  tokenId: string
  name: string
  role: Role
}

/** Makes a person with a token, and returns the token; see `addTokenOf`. */
export async function addToken(db: Kysely<Database>, name: string, role: Role): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto('person')
      .values({ name, role })
      .returning('id')
      .executeTakeFirstOrThrow()
    return addTokenOf(trx, id)
  })
}

/** Makes a token and returns it; only its hash is kept, so it can't be shown again. */
export async function addTokenOf(db: Kysely<Database>, personId: string): Promise<string> {
  const { id, token, secretHash } = makeToken()
  const values = { id, person_id: personId, secret_hash: secretHash }
  await db.insertInto('token').values(values).execute()
  return token
}

/** Returns false when there is no such token or it was revoked before. */
export async function revokeToken(db: Kysely<Database>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('token')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface ListedToken extends Caller {
  createdAt: Date
  lastUsedAt: Date | null
}

export async function listTokens(db: Kysely<Database>): Promise<ListedToken[]> {
  const rows = await valid(db).orderBy('token.created_at').execute()
  return rows.map((row) => ({
    ...callerOf(row),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

/** Null for a token that is malformed, unknown, wrong, revoked or expired: nobody learns more. */
export async function findCaller(db: Kysely<Database>, token: string): Promise<Caller | null> {
  const parts = parseToken(token)
  if (!parts) return null
  const row = await valid(db).where('token.id', '=', parts.id).executeTakeFirst()
  if (!row || !isSecretOf(parts.secret, row.secret_hash)) return null
  return callerOf(row)
}

/** Tokens that open something now, with whose they are. */
function valid(db: Kysely<Database>) {
  return db
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .select(['token.id', 'person_id', 'secret_hash', 'token.created_at', 'last_used_at'])
    .select(['name', 'role'])
    .where('is_active', '=', true)
    .where('revoked_at', 'is', null)
    .where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]),
    )
}

function callerOf(row: { id: string; person_id: string; name: string; role: Role }): Caller {
  return { personId: row.person_id, tokenId: row.id, name: row.name, role: row.role }
}
