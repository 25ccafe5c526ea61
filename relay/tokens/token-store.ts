import type { Kysely } from 'kysely'
import type { Role } from '../../lib/contracts/role.ts'
import type { Database } from '../database/schema.ts'
import { isSecretOf, makeToken, parseToken } from './token.ts'

/** Whose token a request carries. */
export interface Caller {
  tokenId: string
  personId: string
  name: string
  role: Role
}

/** Makes a token and returns it; only its hash is kept, so it can't be shown again. */
export async function addToken(db: Kysely<Database>, name: string, role: Role): Promise<string> {
  const { id, token, secretHash } = makeToken()
  await db.insertInto('token').values({ id, name, role, secret_hash: secretHash }).execute()
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

export async function listTokens(db: Kysely<Database>): Promise<(Caller & { createdAt: Date })[]> {
  const rows = await db
    .selectFrom('token')
    .select(['id', 'name', 'role', 'created_at'])
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    tokenId: row.id,
    personId: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
  }))
}

/** Null for a token that is malformed, unknown, wrong or revoked: the caller learns no more. */
export async function findCaller(db: Kysely<Database>, token: string): Promise<Caller | null> {
  const parts = parseToken(token)
  if (!parts) return null
  const row = await db
    .selectFrom('token')
    .select(['id', 'name', 'role', 'secret_hash'])
    .where('id', '=', parts.id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (!row || !isSecretOf(parts.secret, row.secret_hash)) return null
  return { tokenId: row.id, personId: row.id, name: row.name, role: row.role }
}
