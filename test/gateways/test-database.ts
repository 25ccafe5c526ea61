import { rm } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import { openDatabase } from '../../relay/database/open-database.ts'
import type { Database } from '../../relay/database/schema.ts'
import { createLog } from '../../relay/log.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface TestDatabase {
  db: Kysely<Database>
  /** `postgres://…`, for whoever opens connections of their own. */
  url: string
  close(): Promise<void>
}

/** A PostgreSQL of its own, brought up to date, and gone with its folder when it is closed. */
export async function openTestDatabase(name: string): Promise<TestDatabase> {
  const folder = await temporaryFolder(name)
  const database = await openDatabase({ folder }, createLog('silent'), 'exclusive')
  return {
    db: database.db,
    url: database.url,
    async close() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
