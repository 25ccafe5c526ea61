import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { RelayConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { type ClusterOptions, openCluster } from './embedded/cluster.ts'
import { migrate } from './migrations.ts'
import type { Database } from './schema.ts'

export interface OpenDatabase {
  db: Kysely<Database>
  /** Its connections, for the figures about them. */
  pool: pg.Pool
  url: string
  /** Closes the connections, and stops the server if it is ours. */
  close(): Promise<void>
}

/**
 * Finds the database, and starts it if it is the embedded one; nothing in it is changed.
 * `sharing: 'exclusive'` refuses a folder in which another relay already works.
 */
export async function locateDatabase(
  where: RelayConfig['database'],
  log: Log,
  sharing: ClusterOptions['sharing'],
): Promise<{ url: string; close(): Promise<void> }> {
  if ('url' in where) return { url: where.url, close: async () => {} }
  return openCluster({ folder: where.folder, sharing, log })
}

/** Opens the database (see `locateDatabase`) and brings it up to date. */
export async function openDatabase(
  where: RelayConfig['database'],
  log: Log,
  sharing: ClusterOptions['sharing'],
): Promise<OpenDatabase> {
  const located = await locateDatabase(where, log, sharing)
  const pool = new pg.Pool({
    connectionString: located.url,
    max: 10,
    // A restore asks by this name whether a relay works here.
    application_name: sharing === 'exclusive' ? 'prozvon relay' : 'prozvon command',
  })
  // A connection that breaks while idle; the next query opens a new one.
  pool.on('error', (err) => log.warn({ err }, 'database connection lost'))
  // And one that breaks between two queries of a transaction: the next query says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    await located.close()
  }
  try {
    await migrate(db)
  } catch (error) {
    await close()
    throw error
  }
  return { db, pool, url: located.url, close }
}
