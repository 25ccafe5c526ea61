import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chown,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Binaries } from './binaries.ts'
import { runProgram } from './run-program.ts'
import { isReachable, type SystemUser } from './system-user.ts'

export interface ClusterFolder {
  /** PostgreSQL's own data folder, with symbolic links resolved. */
  data: string
  /** Of the database role `relay`. */
  password: string
}

/**
 * What a data folder holds: `postgres/`, the cluster, and `password`. As root, in a folder that the
 * database's user can't reach, `postgres` is a symbolic link to a place below `systemFolder`.
 */
export async function prepareFolder(
  path: string,
  binaries: Binaries,
  user: SystemUser | null,
  systemFolder: string,
): Promise<ClusterFolder> {
  const root = resolve(path)
  // Others may pass through, as the database's user must; the folders inside are private.
  await mkdir(root, { recursive: true, mode: 0o711 })
  const data = join(root, 'postgres')
  const password = await readPassword(join(root, 'password'))
  if (!existsSync(data)) {
    if (!user || (await isReachable(root))) {
      await makeCluster(data, password, binaries, user)
    } else {
      const place = join(systemFolder, `data-${randomBytes(4).toString('hex')}`)
      await mkdir(systemFolder, { recursive: true, mode: 0o755 })
      await makeCluster(place, password, binaries, user)
      await symlink(place, data)
    }
  }
  return { data: await realpath(data), password }
}

async function readPassword(file: string): Promise<string> {
  try {
    await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!isExisting(error)) throw error
  }
  return (await readFile(file, 'utf8')).trim()
}

/** Made under another name and renamed, so that a crash never leaves half a cluster. */
async function makeCluster(
  data: string,
  password: string,
  binaries: Binaries,
  user: SystemUser | null,
): Promise<void> {
  const part = `${data}.part-${process.pid}`
  const secrets = await mkdtemp(join(tmpdir(), 'prozvon-initdb-'))
  const passwordFile = join(secrets, 'password')
  try {
    await mkdir(part, { mode: 0o700 })
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (user) {
      for (const path of [part, secrets, passwordFile]) await chown(path, user.uid, user.gid)
    }
    const { code, output } = await runProgram(
      binaries.initdb,
      [
        `--pgdata=${part}`,
        '--username=relay',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
      ],
      { user, env: { TMPDIR: secrets } },
    )
    if (code !== 0) throw new Error(`initdb failed (${code}): ${output}`)
    await rename(part, data)
  } finally {
    await rm(secrets, { recursive: true, force: true })
    await rm(part, { recursive: true, force: true })
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
