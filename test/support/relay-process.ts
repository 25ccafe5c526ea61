import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { CrashPoint } from '../../relay/crash-point.ts'

/** A relay in a process of its own, which can be killed. */
export interface RelayProcess {
  /** E.g. `http://127.0.0.1:8790`. */
  address: string
  pid: number
  /** Resolves when it has ended, whatever ended it. */
  ended: Promise<void>
  isAlive(): boolean
  /** `kill -9`. */
  kill(): Promise<void>
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>
}

export interface RelayProcessOptions {
  /** The relay's configuration (docs/admin-guide.md); the port is free unless named. */
  env: NodeJS.ProcessEnv
  /** Where it is to die (`relay/crash-point.ts`); `<point>:<n>` = at the nth passage. */
  crashAt?: CrashPoint
}

/** Starts `relay/main.ts` and waits for its address; throws its output if it ends before. */
export async function startRelayProcess(options: RelayProcessOptions): Promise<RelayProcess> {
  const child = spawnRelay([], {
    RELAY_PORT: '0',
    ...options.env,
    ...(options.crashAt && { RELAY_CRASH_AT: options.crashAt }),
  })
  const ended = once(child, 'exit').then(() => {})
  const address = await addressOf(child, ended)
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (isAlive()) child.kill(signal)
    await ended
  }
  return {
    address,
    pid: child.pid ?? 0,
    ended,
    isAlive,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

/** Runs a command of `relay/main.ts` to its end; returns what it printed, throws if it failed. */
export async function runRelayCommand(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
  const child = spawnRelay(args, env)
  let output = ''
  child.stdout?.on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return output.trim()
}

/** A port of 127.0.0.1 that nobody listens on now, for what must come back on the same one. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function spawnRelay(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['relay/main.ts', ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env },
  })
}

async function addressOf(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let output = ''
  let isUp = false
  const found = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        // Once it is up its log is read and dropped: a full pipe would stop the relay.
        if (isUp) return
        output += text
        const [, address] = /"address":"([^"]+)"/.exec(output) ?? []
        if (!address) return
        isUp = true
        resolve(address)
      })
    }
  })
  const address = await Promise.race([found, ended.then(() => null)])
  if (address === null) throw new Error(`the relay ended while it started: ${output}`)
  return address
}
