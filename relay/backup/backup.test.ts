import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKannelReceiver } from '../../test/gateways/kannel-receiver.ts'
import { relayClient } from '../../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import {
  createDatabase,
  debianPostgresMissing,
  query,
  startDebianPostgres,
} from '../../test/support/databases.ts'
import { type Cluster, openCluster } from '../database/embedded/cluster.ts'
import { openDatabase } from '../database/open-database.ts'
import { createLog } from '../log.ts'
import { listDoubts, sendDoubtful } from '../messages/doubts.ts'
import { openQueue } from '../queue/delivery-queue.ts'
import { startRelay } from '../relay.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

let folder: string
let cluster: Cluster
/** Of every version before this one there is such a file; it holds messages in every state. */
let sample: string
let count = 0

const newDatabase = () => createDatabase(cluster.url, `test_${++count}`)
const newFile = () => join(folder, `backup-${++count}`)

beforeAll(async () => {
  folder = await temporaryFolder('backup')
  cluster = await openCluster({
    folder: join(folder, 'data'),
    sharing: 'exclusive',
    log: createLog('silent'),
  })
  sample = newFile()
  await writeFile(sample, gzipSync(await readFile('relay/database/versions/0002_people.backup')))
}, 120_000)

afterAll(async () => {
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

/** What a restore changes on purpose: copies of the stop list begin anew. */
const SALT = /^(1\t\d+\t)\\\\x[0-9a-f]{32}$/

/** What is in a backup, but for the time when it was made, the checksum and the salt. */
async function contentsOf(path: string): Promise<string[]> {
  const lines = gunzipSync(await readFile(path))
    .toString('utf8')
    .split('\n')
  return lines.slice(1, -2).map((line) => line.replace(SALT, '$1'))
}

async function restored(path = sample): Promise<string> {
  const url = await newDatabase()
  await restoreBackup(url, path)
  return url
}

describe('a backup', () => {
  it('comes back as it was, byte by byte', async () => {
    const first = newFile()
    await writeBackup(await restored(), first)
    const second = newFile()
    await writeBackup(await restored(first), second)
    expect(await contentsOf(second)).toEqual(await contentsOf(first))
  }, 60_000)

  it('is for its owner only, and never overwrites a file', async () => {
    const url = await restored()
    const file = newFile()
    await writeBackup(url, file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await expect(writeBackup(url, file)).rejects.toThrow('is there already')
  }, 60_000)

  it('is of one moment, while others write', async () => {
    const url = await restored()
    await query(url, `create table pair_a (n int)`)
    await query(url, `create table pair_b (n int)`)
    let isWriting = true
    const writing = (async () => {
      while (isWriting) {
        await query(url, 'insert into pair_a values (1); insert into pair_b values (1)')
      }
    })()
    const counts = []
    for (let round = 0; round < 5; round++) {
      const file = newFile()
      await writeBackup(url, file)
      const end = gunzipSync(await readFile(file))
        .toString('utf8')
        .trim()
        .split('\n')
        .at(-1)
      const { rows } = JSON.parse(end ?? '')
      counts.push([rows.pair_a, rows.pair_b])
    }
    isWriting = false
    await writing
    for (const [a, b] of counts) expect(a).toBe(b)
    expect(counts.at(-1)?.[0]).toBeGreaterThan(0)
  }, 60_000)

  it.skipIf(debianPostgresMissing())(
    'moves from the embedded PostgreSQL to a real one, and back',
    async () => {
      const real = await startDebianPostgres()
      try {
        const there = newFile()
        await writeBackup(await restored(), there)
        await restoreBackup(real.url, there)
        const back = newFile()
        await writeBackup(real.url, back)
        expect(await contentsOf(back)).toEqual(await contentsOf(there))
        const home = newFile()
        await writeBackup(await restored(back), home)
        expect(await contentsOf(home)).toEqual(await contentsOf(there))
      } finally {
        await real.close()
      }
    },
    120_000,
  )
})

describe('a restore', () => {
  const tables = (url: string) =>
    query(
      url,
      `select count(*)::int as n from information_schema.tables where table_schema = 'public'`,
    )

  it.each([
    ['a file cut short', (b: Buffer) => b.subarray(0, b.length - 40), 'damaged or cut short'],
    ['another file', () => Buffer.from('hello'), 'damaged or cut short'],
    ['another gzip', () => gzipSync('hello\n'), 'no backup of a relay'],
    ['a value changed', change('Марія', 'Дарія'), 'checksum does not fit'],
    ['a row taken away', change(/^ba9876543210.*\n/m, ''), 'checksum|foreign key'],
    ['its end taken away', change(/^\{"rows".*\n/m, ''), 'cut short'],
    ['a newer relay', change('0002_people', '9999_future'), 'newer relay \\(9999_future\\)'],
  ])('refuses %s and leaves the database as it was', async (_name, damage, complaint) => {
    const url = await newDatabase()
    const file = newFile()
    await writeFile(file, damage(await readFile(sample)))
    await expect(restoreBackup(url, file)).rejects.toThrow(new RegExp(complaint))
    expect(await tables(url)).toEqual([{ n: 0 }])
  })

  it('says when the file is not there', async () => {
    await expect(restoreBackup(await newDatabase(), '/nowhere')).rejects.toThrow('ENOENT')
  })

  it('refuses a database that is not empty, unless told', async () => {
    const url = await restored()
    await query(url, `update person set name = 'changed'`)
    await expect(restoreBackup(url, sample)).rejects.toThrow('not empty')
    expect(await query(url, `select distinct name from person`)).toEqual([{ name: 'changed' }])
    await restoreBackup(url, sample, { replace: true })
    expect(await query(url, `select name from person where portal_user_id = 42`)).toEqual([
      { name: 'Марія' },
    ])
  }, 60_000)

  it('refuses a database on which a relay works', async () => {
    const url = await newDatabase()
    const relay = await startRelay({ database: { url }, campaigns: [], logLevel: 'silent' })
    await expect(restoreBackup(url, sample, { replace: true })).rejects.toThrow('stop it first')
    await relay.close()
    await restoreBackup(url, sample, { replace: true })
  }, 60_000)

  it('counts on where the rows end', async () => {
    const url = await restored()
    await query(
      url,
      `insert into privacy_record (action, who, counts) values ('retain', 'a', '{}')`,
    )
    const file = newFile()
    await writeBackup(url, file)
    const next = await restored(file)
    await query(
      next,
      `insert into privacy_record (action, who, counts) values ('retain', 'b', '{}')`,
    )
    expect(await query(next, 'select id, who from privacy_record order by id')).toEqual([
      { id: '1', who: 'a' },
      { id: '2', who: 'b' },
    ])
  }, 60_000)
})

describe('messages that were on their way when the backup was made', () => {
  it('are not sent by the restored relay; what a person releases is sent once', async () => {
    const kannel = await startKannelReceiver({ username: 'prozvon', password: 'secret' })
    kannel.faults.intake = 'down'
    const options = {
      campaigns: [campaignFixture],
      kannel: { url: kannel.url, username: 'prozvon', password: 'secret', from: 'Prozvon' },
      logLevel: 'silent' as const,
    }
    const url = await newDatabase()
    const first = await startRelay({ database: { url }, ...options })
    const client = relayClient(first.address, await first.addToken('Олена', 'operator'))
    const waiting = await client.sent(requestFixture(), 'waits')
    const dropped = await client.sent(requestFixture({ to: '+380671234567' }), 'is dropped')
    const file = newFile()
    await writeBackup(url, file)
    await first.close()

    kannel.faults.intake = 'ok'
    const after = await newDatabase()
    expect(await restoreBackup(after, file)).toMatchObject({ held: 2 })
    const second = await startRelay({ database: { url: after }, ...options })
    const database = await openDatabase({ url: after }, createLog('silent'), 'shared')
    const queue = await openQueue(after, createLog('silent'))
    try {
      const doubts = await listDoubts(database.db)
      expect(doubts.map(({ id }) => id).sort()).toEqual([waiting.id, dropped.id].sort())
      const other = relayClient(second.address, await second.addToken('Ирина', 'operator'))
      const later = await other.sent(requestFixture({ to: '+380631234567' }), 'later')
      await other.until(later.id, ({ state }) => state === 'delivered')
      expect(kannel.received.map(({ to }) => to)).toEqual(['+380631234567'])

      expect(await sendDoubtful(database.db, queue, waiting.id)).toBe(true)
      expect(await sendDoubtful(database.db, queue, waiting.id)).toBe(false)
      await expect.poll(() => kannel.received.length, { timeout: 30_000 }).toBe(2)
      const last = await other.sent(requestFixture({ to: '+380501112233' }), 'last')
      await other.until(last.id, ({ state }) => state === 'delivered')
      expect(kannel.received.map(({ to }) => to)).toEqual([
        '+380631234567',
        '+380501234567',
        '+380501112233',
      ])
    } finally {
      await queue.close()
      await database.close()
      await second.close()
      await kannel.close()
    }
  }, 60_000)
})

function change(from: string | RegExp, to: string): (backup: Buffer) => Buffer {
  return (backup) => gzipSync(gunzipSync(backup).toString('utf8').replace(from, to))
}
