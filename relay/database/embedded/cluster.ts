import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../../log.ts'
import { findBinaries } from './binaries.ts'
import { type ClusterFolder, prepareFolder } from './cluster-folder.ts'
import { findRunning, startServer, stopServer } from './server.ts'
import { databaseUser } from './system-user.ts'

export interface ClusterOptions {
  folder: string
  /** `exclusive` = the one relay of this folder; `shared` = a command beside it. */
  sharing: 'exclusive' | 'shared'
  log: Log
  /** As root: where programs and data go that the database's user could not reach otherwise. */
  systemFolder?: string
}

export interface Cluster {
  url: string
  close(): Promise<void>
}

/** After a crash the kernel may need a moment to reap the old server and to drop its lock. */
const PATIENCE_MS = 15_000

/** The lock of a relay that was just killed goes as soon as the server sees its connection end. */
const OWNER_PATIENCE_MS = 3_000

/** Any number of ours: marks the relay that owns the cluster. */
const OWNER_LOCK = 7_720_001

/**
 * Opens the PostgreSQL cluster in a folder, making it first if there is none.
 *
 * A server left behind by a killed relay is adopted. Who owns the folder is decided by a lock
 * inside the database, not by a file: it ends with its owner's connection, however he dies.
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { log, sharing, systemFolder = '/var/lib/prozvon' } = options
  const user = await databaseUser()
  const binaries = await findBinaries(user, systemFolder)
  const folder = await prepareFolder(options.folder, binaries, user, systemFolder)
  const runAs = { binaries, user, folder }

  const { url, wasRunning } = await untilRunning(folder, () => startServer(runAs), log)
  if (sharing === 'shared') {
    return { url, close: async () => (wasRunning ? undefined : stopServer(runAs)) }
  }
  const owner = await takeOwnership(url, options.folder, log)
  return {
    url,
    async close() {
      await owner.end()
      await stopServer(runAs)
    },
  }
}

async function untilRunning(
  folder: ClusterFolder,
  start: () => Promise<string | null>,
  log: Log,
): Promise<{ url: string; wasRunning: boolean }> {
  const deadline = Date.now() + PATIENCE_MS
  let complaint: string | null = null
  let hasStarted = false
  for (;;) {
    const url = await findRunning(folder)
    if (url) {
      if (!hasStarted) log.info('found the database server running: adopted it')
      return { url, wasRunning: !hasStarted }
    }
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL in ${folder.data} did not start: ${complaint ?? 'no reason given'}`,
      )
    }
    complaint = await start()
    hasStarted = complaint === null
    if (complaint !== null) await sleep(500)
  }
}

async function takeOwnership(url: string, folder: string, log: Log): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true })
  client.on('error', (err) => log.error({ err }, 'lost the database server'))
  await client.connect()
  const deadline = Date.now() + OWNER_PATIENCE_MS
  for (;;) {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [OWNER_LOCK])
    if (rows[0]?.taken === true) return client
    if (Date.now() > deadline) {
      await client.end()
      throw new Error(
        `another relay works in ${folder}: stop it, name another RELAY_DATA, or let both share a DATABASE_URL`,
      )
    }
    await sleep(250)
  }
}
