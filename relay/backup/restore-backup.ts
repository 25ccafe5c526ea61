import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { latestMigration, migrateTo, migrationNames } from '../database/migrations.ts'
import type { Database } from '../database/schema.ts'
import { holdUnsent } from '../messages/doubts.ts'
import { renewSalt } from '../stop-list/version.ts'
import { BackupError, BackupReader, type SourceTable } from './backup-file.ts'
import { copyIn } from './copy.ts'
import { listTables, quoted } from './tables.ts'

export interface RestoreDone {
  /** The schema that the backup was made of; the database now has the newest. */
  schema: string
  madeAt: string
  rows: Record<string, number>
  /** Messages that were on their way: they wait for a person (see `holdUnsent`). */
  held: number
}

/**
 * Puts a backup into an empty database and brings it up to date, all in one transaction: a failure
 * leaves the database as it was. `replace` first drops what a relay has stored there.
 *
 * No message is sent because of it: one that was waiting when the backup was made may have been
 * sent since.
 */
export async function restoreBackup(
  url: string,
  path: string,
  options: { replace?: boolean } = {},
): Promise<RestoreDone> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(`${path} can't be read (${error.code})`)
  })
  const client = new pg.Client({ connectionString: url, application_name: 'prozvon restore' })
  // A lost connection fails the query in hand; there is nobody else to tell.
  client.on('error', () => {})
  const db = oneConnection(client)
  try {
    await client.connect()
    return await db.transaction().execute(async (trx) => {
      await client.query(`set local lock_timeout = '10s'`)
      await refuseBesideRelays(client)
      const reader = new BackupReader(unzipped(file))
      const { schema, madeAt } = await reader.header()
      if (!migrationNames().includes(schema)) {
        throw new BackupError(
          `the backup was made by a newer relay (${schema}): update this one first`,
        )
      }
      await makeRoom(client, options.replace ?? false)
      await migrateTo(trx, schema)
      const rows = await fill(client, reader)
      await migrateTo(trx, latestMigration())
      await renewSalt(trx)
      return { schema, madeAt, rows, held: await holdUnsent(trx) }
    })
  } finally {
    await db.destroy()
    await client.end()
    await file.close()
  }
}

/** So that Kysely's migrations and our COPY are one transaction. */
function oneConnection(client: pg.Client): Kysely<Database> {
  const pool = {
    options: {},
    connect: async () => Object.assign(client, { release: () => {} }),
    end: async () => {},
  }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

async function* unzipped(file: FileHandle): AsyncGenerator<Buffer> {
  try {
    yield* file.createReadStream({ autoClose: false }).pipe(createGunzip())
  } catch {
    throw new BackupError('the backup is damaged or cut short: it is no whole gzip')
  }
}

async function refuseBesideRelays(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select count(*)::int as relays from pg_stat_activity
     where datname = current_database() and application_name = 'prozvon relay'`,
  )
  if (rows[0]?.relays > 0) throw new BackupError('a relay works on this database: stop it first')
}

/** Leaves a database without any table of ours, or refuses. */
async function makeRoom(client: pg.Client, mayReplace: boolean): Promise<void> {
  const tables = await listTables(client)
  for (const { name } of tables) {
    const { rows } = await client.query(`select exists (select from ${quoted(name)}) as filled`)
    if (rows[0]?.filled === true && !mayReplace) {
      throw new BackupError(
        'the database is not empty: name another, or add --replace to drop what is in it',
      )
    }
  }
  const names = [...tables.map(({ name }) => name), 'kysely_migration', 'kysely_migration_lock']
  for (const name of names) await client.query(`drop table if exists ${quoted(name)} cascade`)
  await client.query('drop schema if exists pgboss cascade')
  const functions = await client.query(
    `select oid::regprocedure::text as name from pg_proc
     where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`,
  )
  for (const { name } of functions.rows) await client.query(`drop function ${name} cascade`)
}

async function fill(client: pg.Client, reader: BackupReader): Promise<Record<string, number>> {
  const known = new Map((await listTables(client)).map((table) => [table.name, table]))
  const counts: Record<string, number> = {}
  for (;;) {
    const section = await reader.section(counts)
    if (!section) return counts
    if (!known.has(section.table)) {
      throw new BackupError(`the backup holds a table that no relay has: ${section.table}`)
    }
    await fillTable(client, section)
  }
}

async function fillTable(client: pg.Client, section: SourceTable): Promise<void> {
  const table = quoted(section.table)
  // What a migration put there is in the backup, too; and nothing is to react to old rows.
  await client.query(`alter table ${table} disable trigger user`)
  await client.query(`delete from ${table}`)
  const columns = section.columns.map(quoted).join(', ')
  await copyIn(client, `copy ${table} (${columns}) from stdin`, section.rows)
  await forgetTransactions(client, section.table)
  await client.query(`alter table ${table} enable trigger user`)
  for (const column of section.columns) {
    await client.query(
      `select setval(sequence, (select coalesce(max(${quoted(column)}::text::bigint), 0) + 1 from ${table}), false)
       from pg_get_serial_sequence($1, $2) sequence where sequence is not null`,
      [table, column],
    )
  }
}

/**
 * Numbers of transactions are another server's: here they might lie ahead, and who follows the
 * action log would wait for them. 0 is before everything that is to come.
 */
async function forgetTransactions(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and atttypid = 'xid8'::regtype and attnum > 0`,
    [quoted(table)],
  )
  for (const { name } of rows)
    await client.query(`update ${quoted(table)} set ${quoted(name)} = '0'`)
}
