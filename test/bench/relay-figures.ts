import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { openDatabase } from '../../relay/database/open-database.ts'
import { createLog } from '../../relay/log.ts'
import { addToken } from '../../relay/tokens/token-store.ts'
import { temporaryFolder } from '../gateways/temporary-folder.ts'
import { startDatabase } from '../support/database-process.ts'
import { startRelayProcess } from '../support/relay-process.ts'
import type { Figure } from './figure.ts'
import { summarise } from './samples.ts'

const SECONDS = 4
const RUNS = 3
/** Operators who share the load; one alone would meet his quota. */
const PEOPLE = 50
/** What the prototype reached, with messages (docs/benchmarks.md). */
const AIMS = { 64: 5_000, 200: 9_000 } as const

const Load = z.object({ ok: z.number(), failed: z.number(), p50Ms: z.number(), p99Ms: z.number() })

/**
 * How many actions a second the relay takes and has on the disk, one a request: relay, database
 * and load on this machine together. Quotas and rate limits are raised far above, by the relay's
 * own configuration.
 */
export async function measureRelay(): Promise<Figure[]> {
  const folder = await temporaryFolder('bench-relay')
  const database = await startDatabase(folder)
  try {
    const tokens = await makeTokens(database.url)
    const relay = await startRelayProcess({
      env: {
        DATABASE_URL: database.url,
        RELAY_RATE_PER_MINUTE: '100000000',
        RELAY_ACTIONS_PER_MINUTE: '100000000',
        RELAY_LOG: 'info',
        NODE_ENV: 'production',
      },
    })
    try {
      const atRest = await memoryOf(relay.pid, await database.pid())
      const syncs = summarise(times(RUNS, () => syncsASecond(folder)))
      const inserts = summarise(await each(RUNS, () => insertsASecond(database.url)))
      const figures: Figure[] = []
      let underLoad = atRest
      for (const connections of [64, 200] as const) {
        const before = await countActions(database.url)
        let acknowledged = 0
        const rates = await each(RUNS, async () => {
          const { ok, failed } = await load(`${relay.address}/v1/actions`, connections, tokens)
          if (failed > 0) throw new Error(`${failed} requests failed`)
          acknowledged += ok
          underLoad = await memoryOf(relay.pid, await database.pid())
          return ok / SECONDS
        })
        // Fewer rows than acknowledgements would mean that something was lost.
        if ((await countActions(database.url)) - before < acknowledged) throw new Error('lost')
        const echo = summarise(await each(1, () => echoRate(connections, tokens)))
        figures.push({
          what: `actions accepted and durable, ${connections} connections`,
          unit: 'per second',
          measured: summarise(rates),
          limit: AIMS[connections],
          isHard: false,
          beside: [
            {
              what: 'a bare INSERT a transaction, 10 connections of the same pg',
              measured: inserts,
            },
            { what: 'fdatasync of this disk', measured: syncs },
            { what: 'a bare Fastify that answers and keeps nothing', measured: echo },
          ],
        })
      }
      return [...figures, ...memoryFigures(atRest, underLoad)]
    } finally {
      await relay.stop()
    }
  } finally {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Memory {
  relayBytes: number
  databaseBytes: number
}

function memoryFigures(atRest: Memory, underLoad: Memory): Figure[] {
  const figure = (what: string, bytes: number): Figure => ({
    ...{ what, unit: 'bytes', measured: summarise([bytes]), limit: null, isHard: false },
    beside: [],
  })
  return [
    figure('memory of the relay at rest (RSS)', atRest.relayBytes),
    figure('memory of PostgreSQL at rest (PSS of its processes)', atRest.databaseBytes),
    figure('memory of the relay under load', underLoad.relayBytes),
    figure('memory of PostgreSQL under load', underLoad.databaseBytes),
  ]
}

async function makeTokens(url: string): Promise<string[]> {
  const { db, close } = await openDatabase({ url }, createLog('silent'), 'shared')
  const tokens = []
  for (let n = 0; n < PEOPLE; n++) tokens.push(await addToken(db, `bench ${n}`, 'operator'))
  await close()
  return tokens
}

async function load(url: string, connections: number, tokens: readonly string[]) {
  const args = [url, String(connections), String(SECONDS), tokens.join(',')]
  const child = spawn(process.execPath, [join(import.meta.dirname, 'relay-load.ts'), ...args])
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  await once(child, 'close')
  return Load.parse(JSON.parse(output))
}

async function echoRate(connections: number, tokens: readonly string[]): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'echo-server.ts')])
  try {
    if (!child.stdout) throw new Error('no output')
    const [address] = await once(child.stdout, 'data')
    const { ok } = await load(`${String(address).trim()}/v1/actions`, connections, tokens)
    return ok / SECONDS
  } finally {
    child.kill()
  }
}

/** A row a transaction, as a relay without batches would write it; as many at once as its pool. */
async function insertsASecond(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  try {
    await pool.query('create table if not exists bench_row (id uuid primary key, event jsonb)')
    const until = performance.now() + 2_000
    const writer = async () => {
      let count = 0
      while (performance.now() < until) {
        await pool.query('insert into bench_row values (gen_random_uuid(), $1)', ['{"kind":"x"}'])
        count++
      }
      return count
    }
    const counts = await Promise.all(times(10, writer))
    return counts.reduce((sum, count) => sum + count, 0) / 2
  } finally {
    await pool.end()
  }
}

function syncsASecond(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'w')
  const until = performance.now() + 1_000
  let count = 0
  for (; performance.now() < until; count++) {
    writeSync(file, 'x'.repeat(512))
    fdatasyncSync(file)
  }
  closeSync(file)
  return count
}

async function countActions(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select count(*) from action')
  await client.end()
  return Number(rows[0]?.count)
}

async function memoryOf(relayPid: number, databasePid: number): Promise<Memory> {
  const backends = await childrenOf(databasePid)
  const sizes = await Promise.all([databasePid, ...backends].map((pid) => kilobytes(pid, 'Pss')))
  return {
    relayBytes: (await kilobytes(relayPid, 'Rss')) * 1024,
    databaseBytes: sizes.reduce((sum, size) => sum + size, 0) * 1024,
  }
}

async function kilobytes(pid: number, what: 'Rss' | 'Pss'): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
}

async function childrenOf(pid: number): Promise<number[]> {
  const tasks = await readdir(`/proc/${pid}/task`)
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8')),
  )
  return lists.join(' ').split(' ').filter(Boolean).map(Number)
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

async function each(count: number, make: () => Promise<number>): Promise<number[]> {
  const values = []
  for (let n = 0; n < count; n++) values.push(await make())
  return values
}
