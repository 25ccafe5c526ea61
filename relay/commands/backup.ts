import { parseArgs } from 'node:util'
import { recordAudit } from '../audit/audit-log.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { writeBackup } from '../backup/write-backup.ts'
import type { RelayConfig } from '../config.ts'
import { latestMigration } from '../database/migrations.ts'
import { locateDatabase, openDatabase } from '../database/open-database.ts'
import { createLog } from '../log.ts'
import { type CommandResult, done, usage } from './command.ts'

/** `backup FILE`: beside a working relay; changes nothing, not even the schema. */
export async function backupCommand(config: RelayConfig, args: string[]): Promise<CommandResult> {
  const [path, ...rest] = args
  if (!path || rest.length > 0) return usage('backup FILE')
  const database = await locateDatabase(config.database, createLog('silent'), 'shared')
  try {
    const { schema, bytes } = await writeBackup(database.url, path)
    // A database of an older version has no place for it, and a backup changes no schema.
    if (schema === latestMigration()) await record(database.url, 'backup.made', { bytes })
    return done(
      `${path}: ${bytes} bytes, schema ${schema}`,
      'It holds personal data; sealed columns stay sealed: keep the keys (RELAY_KEYS) elsewhere.',
    )
  } finally {
    await database.close()
  }
}

/** `restore FILE [--replace]`: while no relay works on the database. */
export async function restoreCommand(config: RelayConfig, args: string[]): Promise<CommandResult> {
  const { values, positionals } = parseArgs({
    args,
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [path, ...rest] = positionals
  if (!path || rest.length > 0) return usage('restore FILE [--replace]')
  const database = await locateDatabase(config.database, createLog('silent'), 'exclusive')
  try {
    const { schema, madeAt, rows, held } = await restoreBackup(database.url, path, values)
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    await record(database.url, 'backup.restored', { madeAt, rows: total, held })
    const lines = [`restored ${total} rows as they were at ${madeAt} (schema ${schema})`]
    if (held > 0) {
      lines.push(
        `${held} messages were on their way then and may have been sent since: they are in doubt,`,
        'and are not sent by themselves. See: node relay/main.ts doubt list',
      )
    }
    return done(...lines)
  } finally {
    await database.close()
  }
}

async function record(
  url: string,
  kind: 'backup.made' | 'backup.restored',
  detail: Record<string, string | number>,
): Promise<void> {
  const database = await openDatabase({ url }, createLog('silent'), 'shared')
  try {
    await database.db
      .transaction()
      .execute((trx) => recordAudit(trx, { kind, actor: 'command', detail }))
  } finally {
    await database.close()
  }
}
