import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface SystemUser {
  uid: number
  gid: number
}

/**
 * Whom PostgreSQL runs as: null = as we are ourselves; as root, which it refuses, the system user
 * `name`, made if the machine has none.
 */
export async function databaseUser(name = 'postgres'): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null
  const existing = await lookUp(name)
  if (existing) return existing
  try {
    const home = ['--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin']
    await run('useradd', ['--system', '--user-group', ...home, name])
  } catch (cause) {
    const hint = `create the system user ${name}, run the relay as a plain user, or set DATABASE_URL`
    throw new Error(`PostgreSQL does not run as root: ${hint}`, { cause })
  }
  const made = await lookUp(name)
  if (!made) throw new Error(`the system user ${name} can't be found after making it`)
  return made
}

async function lookUp(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    )
    return uid === undefined || gid === undefined ? null : { uid, gid }
  } catch {
    return null
  }
}

/** Whether any user of the machine may get to this folder: all above it let others through. */
export async function isReachable(folder: string): Promise<boolean> {
  const path = resolve(folder)
  const { mode } = await stat(path)
  if ((mode & 0o001) === 0) return false
  return dirname(path) === path ? true : isReachable(dirname(path))
}
