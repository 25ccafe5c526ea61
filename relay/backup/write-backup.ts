import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { BackupError, type SourceTable, writeLines } from './backup-file.ts'
import { copyOut } from './copy.ts'
import { listTables, quoted, schemaVersion } from './tables.ts'

export interface BackupDone {
  schema: string
  bytes: number
}

/**
 * Writes all our tables as they are at one moment into a new file, beside working relays. The file
 * (mode 600) appears under its name only when it is whole and on the disk. Sealed columns stay
 * sealed: without the relay's keys they are worth nothing, and neither is their backup.
 *
 * pg-boss's tables are left out: they hold only ids of messages, and `restoreBackup` says why no
 * message may be sent from them.
 */
export async function writeBackup(url: string, path: string): Promise<BackupDone> {
  if (existsSync(path)) throw new BackupError(`${path} is there already: name a new file`)
  const client = new pg.Client({ connectionString: url, application_name: 'prozvon backup' })
  // A lost connection fails the query in hand; there is nobody else to tell.
  client.on('error', () => {})
  const part = `${path}.part-${process.pid}`
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    await client.query(`set local datestyle to iso; set local intervalstyle to iso_8601`)
    const schema = await schemaVersion(client)
    if (!schema)
      throw new BackupError('there is nothing to back up: no relay has used this database')
    const file = await open(part, 'wx', 0o600)
    try {
      const bytes = await writeTo(file, client, schema)
      await file.sync()
      await rename(part, path)
      return { schema, bytes }
    } finally {
      await file.close()
    }
  } finally {
    await client.end()
    await rm(part, { force: true })
  }
}

async function writeTo(file: FileHandle, client: pg.Client, schema: string): Promise<number> {
  const header = {
    format: 'prozvon-backup',
    formatVersion: 1,
    schema,
    madeAt: new Date().toISOString(),
  } as const
  const lines = Readable.from(writeLines(header, sourceTables(client)), { objectMode: false })
  await pipeline(lines, createGzip(), async (packed: AsyncIterable<Buffer>) => {
    for await (const chunk of packed) await file.appendFile(chunk)
  })
  return (await file.stat()).size
}

async function* sourceTables(client: pg.Client): AsyncGenerator<SourceTable> {
  for (const { name, columns } of await listTables(client)) {
    const list = columns.map(quoted).join(', ')
    const rows = copyOut(client, `copy (select ${list} from ${quoted(name)}) to stdout`)
    yield { table: name, columns, rows }
  }
}
