import { randomBytes } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/schema.ts'

export interface ListState {
  version: number
  /** 16 bytes. */
  salt: Buffer
}

/**
 * The version that the caller's changes make. Until his transaction ends whoever else changes the
 * list waits, so that versions become visible in their order and a copy misses none.
 */
export async function nextVersion(trx: Transaction<Database>): Promise<string> {
  const { version } = await trx
    .updateTable('stop_list_state')
    .set({ version: sql<string>`version + 1` })
    .where('id', '=', 1)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function readState(db: Kysely<Database>): Promise<ListState> {
  const { version, salt } = await db
    .selectFrom('stop_list_state')
    .select(['version', 'salt'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return { version: Number(version), salt }
}

/** Makes every copy begin anew: after a restore the same versions mean another list. */
export async function renewSalt(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable('stop_list_state')
    .set({ salt: randomBytes(16) })
    .where('id', '=', 1)
    .execute()
}
