import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { createDatabase, query } from '../../test/support/databases.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { eraseCommand, retainCommand } from '../commands/privacy.ts'
import { type Cluster, openCluster } from '../database/embedded/cluster.ts'
import { latestMigration } from '../database/migrations.ts'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import { createLog } from '../log.ts'
import { erasePerson, erasuresOf } from './erase.ts'
import { readIdentifier } from './identifier.ts'
import { privacyRules } from './registry.ts'
import { retainIfDue } from './retention.ts'

const log = createLog('silent')
let folder: string
let cluster: Cluster
let sample: string
const open: OpenDatabase[] = []

beforeAll(async () => {
  folder = await temporaryFolder('privacy')
  cluster = await openCluster({ folder: join(folder, 'data'), sharing: 'exclusive', log })
  sample = join(folder, 'sample')
  const kept = await readFile(`relay/database/versions/${latestMigration()}.backup`)
  await writeFile(sample, gzipSync(kept))
}, 120_000)

afterAll(async () => {
  for (const database of open) await database.close()
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

/** A database with the rows of `database/versions/*.sql`. */
async function filled(name: string): Promise<OpenDatabase> {
  const url = await createDatabase(cluster.url, name)
  await restoreBackup(url, sample)
  const database = await openDatabase({ url }, log, 'shared')
  open.push(database)
  return database
}

describe('the registry of personal data', () => {
  it('names every column of every table that could hold a text', async () => {
    const { url } = await filled('registry')
    const columns = await query(
      url,
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' and table_name not like 'kysely%'
         and (data_type in ('text', 'character varying', 'json', 'jsonb', 'inet', 'ARRAY', 'xml'))`,
    )
    const unnamed = columns
      .filter(({ table, column }) => {
        const rule = privacyRules.find((one) => one.table === table)
        const named = rule && [
          ...Object.keys({ ...rule.erase, ...rule.kept }),
          ...(rule.staff ?? []),
          ...rule.plain,
        ]
        return !named?.includes(String(column))
      })
      .map(({ table, column }) => `${table}.${column}`)
    expect(unnamed).toEqual([])
  }, 60_000)

  it('names no table and no column that is not there', async () => {
    const { db, url } = await filled('names')
    for (const { table, erase, alsoSet, kept, staff, plain, retention } of privacyRules) {
      const found = await query(
        url,
        `select column_name as name from information_schema.columns where table_name = $1`,
        [table],
      )
      const names = [...Object.keys({ ...erase, ...alsoSet, ...kept }), ...(staff ?? []), ...plain]
      expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
      expect(found.length, table).toBeGreaterThan(0)
      if (retention) await db.selectFrom(table).select(db.fn.countAll().as('n')).execute()
    }
  }, 60_000)
})

describe('erasing a person', () => {
  it.each([
    ['--phone', '+38 (050) 123-45-67', '380501234567'],
    ['--mail', 'Olena@Example.com', 'olena@example.com'],
  ])(
    'by %s leaves no trace of it in any table, and a record that tells nobody',
    async (flag, given, trace) => {
      const database = await filled(`erase_${flag.slice(2)}`)
      const before = await count(database.url, trace)
      expect(before).toBeGreaterThan(0)
      const done = await eraseCommand(database, [flag, given, '--who', 'Admin'])
      expect(done).toMatchObject({ ok: true })
      expect(await count(database.url, trace)).toBe(0)

      const [record] = await query(
        database.url,
        `select who, counts, identifier_salt, identifier_hash, now() - at < interval '1 minute' as recent
       from privacy_record order by id desc limit 1`,
      )
      expect(record).toMatchObject({ who: 'Admin', recent: true, counts: { message: 1 } })
      expect(JSON.stringify(record)).not.toContain(trace)
      expect(await eraseCommand(database, [flag, given, '--check'])).toMatchObject({ ok: true })
      expect(await eraseCommand(database, ['--phone', '+380999999999', '--check'])).toMatchObject({
        ok: false,
      })
    },
    60_000,
  )

  it('stops what was still to be sent, and touches nobody else', async () => {
    const { db, url } = await filled('erase_queued')
    await query(url, `update message set state = 'queued', detail = null where channel = 'mail'`)
    const others = () => query(url, `select * from message where channel = 'sms' order by id`)
    const before = await others()
    const identifier = readIdentifier({ mail: 'olena@example.com' })
    if (identifier.ok) await erasePerson(db, identifier.value, 'test')
    expect(
      await query(url, `select state, recipient, text from message where channel = 'mail'`),
    ).toEqual([{ state: 'failed', recipient: '', text: '' }])
    expect(await others()).toEqual(before)
    if (identifier.ok) expect(await erasuresOf(db, identifier.value)).toHaveLength(1)
  }, 60_000)

  it.each([
    [[]],
    [['--phone', '0501234567']],
    [['--mail', 'olena']],
    [['--phone', '+380501234567', '--mail', 'a@example.com']],
  ])('refuses %j and says what it wants', async (args) => {
    const database = open[0] ?? (await filled('refuse'))
    const result = await eraseCommand(database, args)
    expect(result.ok).toBe(false)
    expect(result.lines.join('\n')).toContain('--phone +380501234567')
  })
})

describe('retention', () => {
  it('empties what ended longer ago, keeps the rest, and records it', async () => {
    const database = await filled('retain')
    await query(database.url, `update message set updated_at = now() where channel = 'mail'`)
    await query(
      database.url,
      `update message set state = 'queued', updated_at = now() - interval '99 days' where recipient = '+380671234567'`,
    )
    expect(await retainCommand(database, ['--days', '30', '--who', 'Admin'])).toMatchObject({
      ok: true,
    })
    expect(await query(database.url, `select recipient from message order by recipient`)).toEqual([
      { recipient: '' },
      { recipient: '+380671234567' },
      { recipient: 'olena@example.com' },
    ])
    const [record] = await query(
      database.url,
      `select action, who, counts->>'message' as messages, retain_days from privacy_record order by id desc limit 1`,
    )
    expect(record).toEqual({ action: 'retain', who: 'Admin', messages: '1', retain_days: 30 })
  }, 60_000)

  it('by schedule is done once a day, by one of the relays', async () => {
    const { db } = await filled('schedule')
    const results = await Promise.all([retainIfDue(db, 30), retainIfDue(db, 30)])
    expect(results.filter((one) => one !== null)).toHaveLength(1)
    expect(await retainIfDue(db, 30)).toBeNull()
  }, 60_000)

  it.each(['0', 'x', '-1', ''])('refuses --days=%s', async (days) => {
    const database = open[0] ?? (await filled('refuse_days'))
    expect(await retainCommand(database, [`--days=${days}`])).toMatchObject({ ok: false })
  })
})

/** In how many rows of all tables this text stands, whatever the case. */
async function count(url: string, text: string): Promise<number> {
  const tables = await query(
    url,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  let sum = 0
  for (const { name } of tables) {
    const [row] = await query(
      url,
      `select count(*)::int as n from "${name}" t where strpos(lower(t::text), $1) > 0`,
      [text],
    )
    sum += Number(row?.n)
  }
  return sum
}
