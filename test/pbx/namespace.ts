import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants, networkInterfaces } from 'node:os'
import type { Result } from '../../lib/contracts/common.ts'

/**
 * A private network with nothing but loopback, for tests that must not see a real one: browsers
 * gather only 127.0.0.1 as ICE candidate, and nothing can leave the machine. Firefox gathers no
 * candidate at all without a default route, so there is one, over `lo`.
 */

const LOOPBACK_UP = ['link', 'set', 'lo', 'up']
const LOOPBACK_ROUTE = ['route', 'add', 'default', 'dev', 'lo', 'src', '127.0.0.1']

type Enclosure = {
  /** Turns a command into the one that runs it inside. */
  wrap: (command: readonly string[]) => string[]
  /** Ends what still runs inside and removes the namespace; may be called twice. */
  remove: () => void
}

/** Whether this process has no network but loopback, as inside the namespace. */
export function isLoopbackOnly(): boolean {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return interfaces.length > 0 && interfaces.every(({ internal }) => internal)
}

/**
 * Runs a command inside a namespace of its own, with this process's input and output, and removes
 * the namespace afterwards, also on SIGINT and SIGTERM.
 *
 * @returns the command's exit code (128 + n when signal n ended it), or why there is no namespace
 */
export async function runInNamespace(command: readonly string[]): Promise<Result<number, string>> {
  const enclosure = process.getuid?.() === 0 ? encloseAsRoot() : encloseAsUser()
  if (!enclosure.ok) return enclosure
  const { wrap, remove } = enclosure.value
  process.once('exit', remove)
  try {
    return { ok: true, value: await run(wrap(command)) }
  } finally {
    remove()
    process.removeListener('exit', remove)
  }
}

function encloseAsRoot(): Result<Enclosure, string> {
  const name = `prozvon-${process.pid}-${randomBytes(3).toString('hex')}`
  const added = attempt('ip', ['netns', 'add', name])
  if (added !== null) return { ok: false, reason: `no network namespace: ${added}` }
  let isThere = true
  const remove = () => {
    if (!isThere) return
    isThere = false
    for (const pid of pidsIn(name)) killQuietly(pid)
    attempt('ip', ['netns', 'delete', name])
  }
  const failed = attempt('ip', ['-n', name, ...LOOPBACK_UP])
  const unrouted = failed ?? attempt('ip', ['-n', name, ...LOOPBACK_ROUTE])
  if (unrouted !== null) {
    remove()
    return { ok: false, reason: `no loopback in the network namespace: ${unrouted}` }
  }
  const wrap = (command: readonly string[]) => ['ip', 'netns', 'exec', name, ...command]
  return { ok: true, value: { wrap, remove } }
}

/**
 * A plain user becomes root of a user namespace, where the kernel allows that. It is gone with its
 * last process.
 */
function encloseAsUser(): Result<Enclosure, string> {
  const unshare = ['unshare', '--user', '--map-root-user', '--net']
  const setUp = `ip ${LOOPBACK_UP.join(' ')} && ip ${LOOPBACK_ROUTE.join(' ')}`
  const failed = attempt('unshare', [...unshare.slice(1), 'sh', '-c', setUp])
  if (failed !== null) {
    const reason = `no network namespace: not root, and unprivileged user namespaces fail: ${failed}`
    return { ok: false, reason }
  }
  const wrap = (command: readonly string[]) => [
    ...unshare,
    ...['sh', '-c', `${setUp} && exec "$@"`, 'sh'],
    ...command,
  ]
  return { ok: true, value: { wrap, remove: () => {} } }
}

function run([program = '', ...args]: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' })
    // A terminal sends SIGINT to the child as well; twice would make many programs quit hard.
    const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT')
    const onTerminate = () => child.kill('SIGTERM')
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onTerminate)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.removeListener('SIGINT', onInterrupt)
      process.removeListener('SIGTERM', onTerminate)
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

/** @returns null when it worked, else what it said */
function attempt(program: string, args: readonly string[]): string | null {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status === 0) return null
  return error?.message ?? (stderr.trim() || `${program} failed with ${status}`)
}

function pidsIn(name: string): number[] {
  try {
    const listed = execFileSync('ip', ['netns', 'pids', name], { encoding: 'utf8' })
    return listed.split('\n').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}
