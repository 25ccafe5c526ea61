import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'

export type StandProcess = {
  /** Rejects when the process ends before it is stopped; for racing against its readiness. */
  readonly died: Promise<never>
  /** Ends it, with SIGKILL after five seconds, and resolves when it is gone. */
  stop(): Promise<void>
}

export type ProcessOptions = {
  program: string
  args: readonly string[]
  logFile: string
  /** Gets every line that the process prints. */
  onLine?: (line: string) => void
}

const GRACE_MS = 5_000

/**
 * Starts one of the stand's programs in a process group of its own: Kamailio is many processes,
 * which all must end with it. The group never outlives this process.
 */
export function startProcess({ program, args, logFile, onLine }: ProcessOptions): StandProcess {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => killGroup(child)
  process.once('exit', kill)

  const log = createWriteStream(logFile)
  const lastLines: string[] = []
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      log.write(`${line}\n`)
      lastLines.push(line)
      if (lastLines.length > 5) lastLines.shift()
      onLine?.(line)
    })
  }
  let isStopping = false
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(`ended with ${code ?? signal}`))
  })
  const died = ended.then((how) => {
    process.removeListener('exit', kill)
    log.end()
    if (isStopping) return new Promise<never>(() => {})
    throw new Error([`${program} ${how}; the end of ${logFile}:`, ...lastLines].join('\n'))
  })
  died.catch(() => {})

  return {
    died,
    stop: async () => {
      isStopping = true
      await terminate(child, ended)
    },
  }
}

async function terminate(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => killGroup(child), GRACE_MS)
  await ended
  clearTimeout(timer)
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}
