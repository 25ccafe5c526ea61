import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/gateways/temporary-folder.ts'
import { createLog } from '../../log.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { isReachable } from './system-user.ts'

const log = createLog('silent')
const isRoot = process.getuid?.() === 0
if (!isRoot) console.warn('the tests of a root relay are skipped: not running as root')

let folder: string
const open: Cluster[] = []

// Making a cluster takes long, so that the tests work in one where they can.
beforeAll(async () => {
  folder = await temporaryFolder('cluster')
})

afterEach(async () => {
  for (const cluster of open.splice(0).reverse()) await cluster.close()
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function openIn(data: string, sharing: 'exclusive' | 'shared' = 'exclusive') {
  const systemFolder = join(folder, 'system')
  const cluster = await openCluster({ folder: join(folder, data), sharing, log, systemFolder })
  open.push(cluster)
  return cluster
}

async function query(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(text)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

it('keeps what was committed over a restart, and syncs to the disk', async () => {
  const first = await openIn('data')
  await query(first.url, 'create table kept as select 42 as answer')
  expect(await query(first.url, 'show fsync')).toBe('on')
  expect(await query(first.url, 'show synchronous_commit')).toBe('on')
  await open.pop()?.close()

  const second = await openIn('data')
  expect(await query(second.url, 'select answer from kept')).toBe(42)
}, 120_000)

it('a command beside a running relay shares its server and leaves it running', async () => {
  const relay = await openIn('data')
  const command = await openIn('data', 'shared')
  expect(command.url).toBe(relay.url)
  await open.pop()?.close()
  expect(await query(relay.url, 'select 1')).toBe(1)
}, 120_000)

it('listens on loopback only, wants the password, and keeps both to itself', async () => {
  const { url } = await openIn('data')
  expect(await query(url, 'show listen_addresses')).toBe('127.0.0.1')
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  expect((await stat(join(folder, 'data', 'password'))).mode & 0o777).toBe(0o600)
}, 120_000)

it.skipIf(!isRoot)(
  'as root, works in a private folder: the cluster is put where its user can reach it',
  async () => {
    await mkdir(join(folder, 'private'), { mode: 0o700 })
    const { url } = await openIn('private/data')
    expect(await query(url, 'select 1')).toBe(1)
    expect((await lstat(join(folder, 'private/data/postgres'))).isSymbolicLink()).toBe(true)
    // Where the clone itself is private, the programs lie there, too.
    const placed = await readdir(join(folder, 'system'))
    expect(placed.filter((name) => name.startsWith('data-'))).toHaveLength(1)
  },
  120_000,
)

it.skipIf(!isRoot)(
  'as root, programs in a private clone are copied once',
  async () => {
    const nobody = { uid: 65_534, gid: 65_534 }
    const systemFolder = join(folder, 'system')
    const inClone = async () => false
    const [first, second] = [
      await findBinaries(nobody, systemFolder, inClone),
      await findBinaries(nobody, systemFolder, inClone),
    ]
    expect(first).toEqual(second)
    expect(first.initdb.startsWith(systemFolder)).toBe(true)
    expect(await isReachable(first.initdb)).toBe(true)
  },
  120_000,
)
