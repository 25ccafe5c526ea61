import { readFile, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { Binaries } from './binaries.ts'
import type { ClusterFolder } from './cluster-folder.ts'
import { runProgram } from './run-program.ts'
import type { SystemUser } from './system-user.ts'

export interface RunAs {
  binaries: Binaries
  user: SystemUser | null
  folder: ClusterFolder
}

/** Loopback only; no socket file; quiet about data (errors without details and statements). */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/**
 * The URL of the server that already works in this folder, or null. Its pid file tells the port;
 * that it really is the server of this folder, it must say itself.
 */
export async function findRunning({ data, password }: ClusterFolder): Promise<string | null> {
  const pidFile = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(pidFile.split('\n')[3])
  if (!Number.isInteger(port) || port <= 0) return null
  const url = `postgres://relay:${password}@127.0.0.1:${port}/postgres`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('show data_directory')
    return (await realpath(String(rows[0]?.data_directory))) === data ? url : null
  } catch {
    return null
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Starts the server and waits until it takes connections. Returns null, or why it did not start.
 * `pg_ctl` puts it in a session of its own, so that Ctrl-C stops the relay first and it last.
 */
export async function startServer({ binaries, user, folder }: RunAs): Promise<string | null> {
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  const flags = [`-p ${await freePort()}`, ...settings].join(' ')
  const log = join(folder.data, 'server.log')
  const { code, output } = await runProgram(
    binaries.pgCtl,
    ['start', '-D', folder.data, '-l', log, '-w', '-t', '60', '-o', flags],
    { user },
  )
  if (code === 0) return null
  const lines = await readFile(log, 'utf8').catch(() => '')
  return [output, ...lines.trim().split('\n').slice(-3)].join('\n')
}

/** Stops the server: open transactions are rolled back, everything committed is on the disk. */
export async function stopServer({ binaries, user, folder }: RunAs): Promise<void> {
  await runProgram(binaries.pgCtl, ['stop', '-D', folder.data, '-m', 'fast', '-w', '-t', '30'], {
    user,
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('no free port')),
      )
    })
  })
}
