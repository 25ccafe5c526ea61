import { type Kysely, sql } from 'kysely'
import type { Role } from '../../lib/contracts/role.ts'
import type { Database } from '../database/schema.ts'
import { type Access, LEAST_ACCESS } from '../people/role-access.ts'
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
  expiresAt: Date | null
}

export async function listTokens(db: Kysely<Database>): Promise<ListedToken[]> {
  const rows = await valid(db).orderBy('token.created_at').execute()
  return rows.map((row) => ({
    ...callerOf(row),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }))
}

/** Null for a token that is malformed, unknown, wrong, revoked or expired: nobody learns more. */
export async function findCaller(db: Kysely<Database>, token: string): Promise<Caller | null> {
  return (await findCallerWithAccess(db, token))?.caller ?? null
}

/** The same, with what the caller's role sees; one look into the database for both. */
export async function findCallerWithAccess(
  db: Kysely<Database>,
  token: string,
): Promise<{ caller: Caller; access: Access } | null> {
  const parts = parseToken(token)
  if (!parts) return null
  const row = await valid(db)
    .leftJoin('role_access', 'role_access.role', 'person.role')
    .select(['masks_phones', 'may_export'])
    .where('token.id', '=', parts.id)
    .executeTakeFirst()
  // An unknown id costs what a wrong secret costs.
  const isRight = isSecretOf(parts.secret, row?.secret_hash ?? null)
  if (!row || !isRight) return null
  const access = {
    masksPhones: row.masks_phones ?? LEAST_ACCESS.masksPhones,
    mayExport: row.may_export ?? LEAST_ACCESS.mayExport,
  }
  return { caller: callerOf(row), access }
}

/** Revokes every token of a person; returns how many there were. */
export async function revokeTokensOf(db: Kysely<Database>, personId: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('token')
    .set({ revoked_at: new Date() })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Whose token it is, valid or not; null when there is none of this id. */
export async function ownerOf(
  db: Kysely<Database>,
  tokenId: string,
): Promise<{ personId: string; role: Role } | null> {
  const row = await db
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .select(['person_id', 'role'])
    .where('token.id', '=', tokenId)
    .executeTakeFirst()
  return row ? { personId: row.person_id, role: row.role } : null
}

/** Tokens that open something now, with whose they are. */
function valid(db: Kysely<Database>) {
  return db
    .selectFrom('token')
    .innerJoin('person', 'person.id', 'token.person_id')
    .select(['token.id', 'person_id', 'secret_hash', 'token.created_at', 'last_used_at'])
    .select(['name', 'person.role', 'expires_at'])
    .where('is_active', '=', true)
    .where('revoked_at', 'is', null)
    .where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]),
    )
}

function callerOf(row: { id: string; person_id: string; name: string; role: Role }): Caller {
  return { personId: row.person_id, tokenId: row.id, name: row.name, role: row.role }
}
