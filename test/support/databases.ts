import { existsSync } from 'node:fs'
import { chown, rm } from 'node:fs/promises'
import pg from 'pg'
import { runProgram } from '../../relay/database/embedded/run-program.ts'
import { databaseUser } from '../../relay/database/embedded/system-user.ts'
import { temporaryFolder } from '../gateways/temporary-folder.ts'
import { POSTGRES_PACKAGES } from './packages.ts'
import { freePort } from './relay-process.ts'

/** Makes an empty database on the server behind the URL; returns the URL of the new one. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await query(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement; returns its rows. */
export async function query(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

const BIN = '/usr/lib/postgresql/15/bin'

/** Why Debian's PostgreSQL 15 can't run here, or null if it can. */
export function debianPostgresMissing(): string | null {
  if (existsSync(`${BIN}/postgres`)) return null
  return `no ${BIN}; on Debian: apt-get install --no-install-recommends ${POSTGRES_PACKAGES.join(' ')}`
}

/** Runs Debian's PostgreSQL 15 in a folder of its own, on loopback; the service stays untouched. */
export async function startDebianPostgres(): Promise<{ url: string; close(): Promise<void> }> {
  const user = await databaseUser()
  const folder = await temporaryFolder('debian-postgres')
  if (user) await chown(folder, user.uid, user.gid)
  const data = `${folder}/data`
  const port = await freePort()
  const run = async (program: string, args: string[]) => {
    const { code, output } = await runProgram(`${BIN}/${program}`, args, { user })
    if (code !== 0) throw new Error(`${program} failed: ${output}`)
  }
  await run('initdb', ['-D', data, '-A', 'trust', '-U', 'relay', '--no-locale', '-E', 'UTF8'])
  const flags = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  await run('pg_ctl', ['start', '-D', data, '-l', `${folder}/log`, '-w', '-o', flags])
  return {
    url: `postgres://relay@127.0.0.1:${port}/postgres`,
    async close() {
      await run('pg_ctl', ['stop', '-D', data, '-m', 'fast', '-w'])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
