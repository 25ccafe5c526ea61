import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { RelayConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { type ClusterOptions, openCluster } from './embedded/cluster.ts'
import { migrate } from './migrations.ts'
import type { Database } from './schema.ts'

export interface OpenDatabase {
  db: Kysely<Database>
  url: string
  /** Closes the connections, and stops the server if it is ours. */
  close(): Promise<void>
}

/**
 * Opens the database and brings it up to date: the one behind a URL, or the embedded one in a
 * folder. `sharing: 'exclusive'` refuses a folder in which another relay already works.
 */
export async function openDatabase(
  where: RelayConfig['database'],
  log: Log,
  sharing: ClusterOptions['sharing'],
): Promise<OpenDatabase> {
  const cluster =
    'url' in where
      ? { url: where.url, close: async () => {} }
      : await openCluster({ folder: where.folder, sharing, log })
  const pool = new pg.Pool({ connectionString: cluster.url, max: 10 })
  // A connection that breaks while idle; the next query opens a new one.
  pool.on('error', (err) => log.warn({ err }, 'database connection lost'))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    await cluster.close()
  }
  try {
    await migrate(db)
  } catch (error) {
    await close()
    throw error
  }
  return { db, url: cluster.url, close }
}
