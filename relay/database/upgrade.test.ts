import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { createDatabase, query } from '../../test/support/databases.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { writeBackup } from '../backup/write-backup.ts'
import { createLog } from '../log.ts'
import { type Cluster, openCluster } from './embedded/cluster.ts'
import { latestMigration, migrate, migrationNames } from './migrations.ts'
import type { Database } from './schema.ts'

const VERSIONS = 'relay/database/versions'
const released: Record<string, string> = JSON.parse(
  readFileSync(join(VERSIONS, 'released.json'), 'utf8'),
)
const names = migrationNames()

let folder: string
let cluster: Cluster

beforeAll(async () => {
  folder = await temporaryFolder('upgrade')
  cluster = await openCluster({
    folder: join(folder, 'data'),
    sharing: 'exclusive',
    log: createLog('silent'),
  })
}, 120_000)

afterAll(async () => {
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

it.each(Object.entries(released))('the released migration %s is never edited', (name, hash) => {
  const file = readFileSync(`relay/database/migrations/${name.replaceAll('_', '-')}.ts`)
  expect(createHash('sha256').update(file).digest('hex')).toBe(hash)
})

it('of every version a database is kept', () => {
  const missing = names.filter((name) => !existsSync(join(VERSIONS, `${name}.backup`)))
  expect(missing, 'run: node scripts/keep-version.ts, and commit what it writes').toEqual([])
})

describe.each(names.map((name, index) => [name, index] as const))(
  'a database of %s',
  (name, index) => {
    it('comes up to date with all its data', async () => {
      const file = join(folder, name)
      const kept = await readFile(join(VERSIONS, `${name}.backup`))
      await writeFile(file, gzipSync(kept))
      const url = await createDatabase(cluster.url, `version_${index}`)
      await restoreBackup(url, file)

      const now = join(folder, `${name}-now`)
      expect(await writeBackup(url, now)).toMatchObject({ schema: latestMigration() })
      const before = tablesOf(kept)
      const after = tablesOf(gunzipSync(await readFile(now)))
      for (const [table, rows] of before) {
        expect(after.get(table)?.length, table).toBe(rows.length)
        for (const row of rows) {
          const columns = [...row.keys()].filter((column) => after.get(table)?.[0]?.has(column))
          const same = columns.filter((column) => !isRewritten(table, column))
          const wanted = same.map((column) => row.get(column)).join('\t')
          const found = after.get(table)?.map((one) => same.map((c) => one.get(c)).join('\t'))
          expect(found).toContain(wanted)
        }
      }
    }, 60_000)
  },
)

it('the tokens of the first version belong to people with the same names and roles', async () => {
  const url = await createDatabase(cluster.url, 'people')
  const file = join(folder, 'people')
  await writeFile(file, gzipSync(await readFile(join(VERSIONS, '0001_messages.backup'))))
  await restoreBackup(url, file)
  expect(
    await query(
      url,
      `select t.id, p.name, p.role, m.recipient from token t join person p on p.id = t.person_id
       join message m on m.person_id = p.id where m.state = 'delivered'`,
    ),
  ).toEqual([{ id: '0123456789ab', name: 'Олена', role: 'operator', recipient: '+380501234567' }])
}, 60_000)

it('several relays that start at once on an empty database migrate it once', async () => {
  const url = await createDatabase(cluster.url, 'race')
  const pools = [1, 2, 3].map(() => new pg.Pool({ connectionString: url, max: 2 }))
  const all = pools.map((pool) => new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }))
  await Promise.all(all.map(migrate))
  for (const db of all) await db.destroy()
  expect(await query(url, 'select name from kysely_migration order by name')).toEqual(
    names.map((name) => ({ name })),
  )
}, 60_000)

it('a database of a newer relay is refused, with what to do', async () => {
  const url = await createDatabase(cluster.url, 'newer')
  const pool = new pg.Pool({ connectionString: url })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  await migrate(db)
  await query(url, `insert into kysely_migration values ('9999_future', now())`)
  await expect(migrate(db)).rejects.toThrow('newer relay (9999_future): update this one')
  await db.destroy()
}, 60_000)

/**
 * What changes on purpose: messages on their way wait for a person, copies of the stop list begin
 * anew, a key's bytes become hex, and the numbers of transactions are forgotten.
 */
function isRewritten(table: string, column: string): boolean {
  if (table === 'stop_list_state') return column === 'salt'
  if (table === 'signing_key') return column === 'key'
  if (table === 'action') return column === 'xact'
  return table === 'message' && ['state', 'detail', 'submitted_at', 'updated_at'].includes(column)
}

/** The rows of a backup by table, each by column. */
function tablesOf(backup: Buffer): Map<string, Map<string, string>[]> {
  const tables = new Map<string, Map<string, string>[]>()
  let columns: string[] = []
  let rows: Map<string, string>[] = []
  for (const line of backup.toString('utf8').split('\n').slice(1, -2)) {
    if (line.startsWith('{"table"')) {
      const section = JSON.parse(line)
      columns = section.columns
      rows = []
      tables.set(section.table, rows)
    } else if (line !== '\\.') {
      const values = line.split('\t')
      rows.push(new Map(columns.map((column, index) => [column, values[index] ?? ''])))
    }
  }
  return tables
}
