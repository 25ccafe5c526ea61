import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findBinaries } from '../../relay/database/embedded/binaries.ts'
import { prepareFolder } from '../../relay/database/embedded/cluster-folder.ts'
import { runProgram } from '../../relay/database/embedded/run-program.ts'
import { databaseUser } from '../../relay/database/embedded/system-user.ts'
import { freePort } from './relay-process.ts'

/** A PostgreSQL server of its own, for relays that share it; it can be killed and started anew. */
export interface DatabaseProcess {
  /** Stays the same over all its lives. */
  url: string
  /** Process id of the server's head. */
  pid(): Promise<number>
  /** `kill -9` of the server with all its processes, as a machine that loses its power. */
  kill(): Promise<void>
  /** Starts it again after `kill`; it recovers from its log first. */
  start(): Promise<void>
  stop(): Promise<void>
}

const PATIENCE_MS = 30_000

/** Makes a cluster in the folder if there is none, and starts its server. */
export async function startDatabase(folder: string): Promise<DatabaseProcess> {
  const user = await databaseUser()
  const system = '/var/lib/prozvon'
  const binaries = await findBinaries(user, system)
  const { data, password } = await prepareFolder(folder, binaries, user, system)
  const port = await freePort()
  const url = `postgres://relay:${password}@127.0.0.1:${port}/postgres`
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=64MB']
  const flags = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ')
  const pgCtl = (args: string[]) =>
    runProgram(binaries.pgCtl, [...args, '-D', data, '-w'], { user })

  async function start(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    for (;;) {
      const { code, output } = await pgCtl(['start', '-l', `${data}/server.log`, '-o', flags])
      // While it recovers, pg_ctl may call it started before it takes connections.
      if (code === 0 && (await answers(url))) return
      // What is left of the killed one may hold its lock for a moment.
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${output}`)
      await sleep(200)
    }
  }

  async function pid(): Promise<number> {
    return Number((await readFile(`${data}/postmaster.pid`, 'utf8')).split('\n')[0])
  }

  await start()
  return {
    url,
    pid,
    start,
    async kill() {
      const head = await pid()
      const all = [head, ...(await childrenOf(head))]
      for (const one of all) killNow(one)
      for (const one of all) await untilDead(one)
    },
    async stop() {
      await pgCtl(['stop', '-m', 'fast'])
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const children: number[] = []
  for (const name of await readdir('/proc')) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // The name stands in brackets and may hold blanks; behind it: state, parent, …
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) {
      children.push(Number(name))
    }
  }
  return children
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in this very moment.
  }
}

/** One that is dead and not reaped yet (state Z) does nothing any more. */
async function untilDead(pid: number): Promise<void> {
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    if (stat === '' || stat.charAt(stat.lastIndexOf(')') + 2) === 'Z') return
    await sleep(20)
  }
}
