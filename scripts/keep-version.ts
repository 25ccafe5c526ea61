// Keeps a database as it is after a migration, with rows in it, for the test of upgrades:
//   node scripts/keep-version.ts 0003_oauth     keeps this one
//   node scripts/keep-version.ts                keeps the first that is missing and all after it
// Fills it with `relay/database/versions/<name>.sql` on top of what the version before kept, writes
// `<name>.backup` beside it, and notes the hash of the migration's file, which then is released.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { writeBackup } from '../relay/backup/write-backup.ts'
import { openCluster } from '../relay/database/embedded/cluster.ts'
import { migrateTo, migrationNames } from '../relay/database/migrations.ts'
import type { Database } from '../relay/database/schema.ts'
import { createLog } from '../relay/log.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'

const FOLDER = 'relay/database/versions'
const names = migrationNames()
const [asked] = process.argv.slice(2)
if (asked !== undefined && !names.includes(asked)) {
  throw new Error(`name one of: ${names.join(', ')}`)
}
const firstMissing = names.findIndex((name) => !existsSync(join(FOLDER, `${name}.backup`)))
const toKeep = asked !== undefined ? [asked] : firstMissing < 0 ? [] : names.slice(firstMissing)
for (const version of toKeep) await keep(version)

async function keep(version: string): Promise<void> {
  const folder = await temporaryFolder('versions')
  const cluster = await openCluster({ folder, sharing: 'exclusive', log: createLog('silent') })
  try {
    const pool = new pg.Pool({ connectionString: cluster.url })
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    for (const name of names.filter((one) => one <= version)) {
      await migrateTo(db, name)
      const rows = join(FOLDER, `${name}.sql`)
      if (existsSync(rows)) await pool.query(readFileSync(rows, 'utf8'))
    }
    await db.destroy()
    const packed = join(folder, 'backup.gz')
    await writeBackup(cluster.url, packed)
    writeFileSync(join(FOLDER, `${version}.backup`), gunzipSync(readFileSync(packed)))
    noteHash(version)
    console.log(`kept: ${version}`)
  } finally {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function noteHash(name: string): void {
  const list = join(FOLDER, 'released.json')
  const released: Record<string, string> = JSON.parse(readFileSync(list, 'utf8'))
  const file = `relay/database/migrations/${name.replaceAll('_', '-')}.ts`
  released[name] = createHash('sha256').update(readFileSync(file)).digest('hex')
  writeFileSync(list, `${JSON.stringify(released, null, 2)}\n`)
  execFileSync('biome', ['format', '--write', list])
}
