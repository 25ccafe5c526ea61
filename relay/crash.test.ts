import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type KannelReceiver, startKannelReceiver } from '../test/gateways/kannel-receiver.ts'
import { relayClient } from '../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'

/** A relay in a process of its own, which can be killed. */
interface RelayProcess {
  child: ChildProcess
  address: string
}

let folder: string
let env: NodeJS.ProcessEnv
let kannel: KannelReceiver
const children = new Set<ChildProcess>()

// One data folder for all tests: each must leave it so that the next can start on it.
beforeAll(async () => {
  folder = await temporaryFolder('crash')
  await mkdir(join(folder, 'campaigns'))
  await writeFile(join(folder, 'campaigns', 'fixture.json'), JSON.stringify(campaignFixture))
})

beforeEach(async () => {
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'secret' })
  env = {
    PATH: process.env.PATH,
    RELAY_DATA: join(folder, 'data'),
    RELAY_CAMPAIGNS: join(folder, 'campaigns'),
    // One port for all lives of this relay: delivery reports go to the address of the first.
    RELAY_PORT: String(await freePort()),
    KANNEL_URL: kannel.url,
    KANNEL_USER: 'prozvon',
    KANNEL_PASSWORD: 'secret',
    KANNEL_FROM: 'Prozvon',
  }
})

afterEach(async () => {
  for (const child of children) await end(child, 'SIGTERM')
  await kannel.close()
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a relay that is killed', () => {
  it('between hand-over and record: the message is in doubt, is not sent again, and its report settles it', async () => {
    kannel.faults.intake = 'silent'
    const first = await startProcess()
    const token = await command('token', 'add', '--name', 'Олена', '--role', 'operator')
    const { id } = await relayClient(first.address, token).sent(requestFixture(), 'first key')
    await until(() => kannel.received.length === 1)
    await end(first.child, 'SIGKILL')

    Object.assign(kannel.faults, { intake: 'ok' })
    const second = await startProcess()
    const client = relayClient(second.address, token)
    // A message made later overtakes it: the second relay has been through its queue.
    const later = await client.sent(requestFixture({ to: '+380671234567' }), 'later key')
    await client.until(later.id, ({ state }) => state === 'delivered')
    expect(await (await client.get(`/v1/messages/${id}`)).json()).toMatchObject({
      state: 'submitting',
    })

    const [sms] = kannel.received
    if (sms) await kannel.report(sms)
    await client.until(id, ({ state }) => state === 'delivered')
    expect(kannel.received.map(({ to }) => to)).toEqual(['+380501234567', '+380671234567'])
  }, 120_000)

  it('leaves its database running: the next relay adopts it, and stops it at its end', async () => {
    const first = await startProcess()
    const orphan = await postmaster()
    await end(first.child, 'SIGKILL')
    expect(isAlive(orphan)).toBe(true)

    const second = await startProcess()
    expect(await postmaster()).toBe(orphan)
    expect((await fetch(`${second.address}/ready`)).status).toBe(200)

    await end(second.child, 'SIGTERM')
    await until(() => !isAlive(orphan))
  }, 120_000)
})

it('a second relay on the same data folder is refused, and harms nothing', async () => {
  const first = await startProcess()
  await expect(startProcess({ RELAY_PORT: '0' })).rejects.toThrow('another relay works in')
  expect((await fetch(`${first.address}/ready`)).status).toBe(200)
}, 120_000)

/** Starts `relay/main.ts` and waits for its address; rejects with its complaint when it ends. */
async function startProcess(change: NodeJS.ProcessEnv = {}): Promise<RelayProcess> {
  const child = spawn(process.execPath, ['relay/main.ts'], { env: { ...env, ...change } })
  children.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const ended = once(child, 'exit')
  for (;;) {
    const [, address] = /"address":"([^"]+)"/.exec(output) ?? []
    if (address) return { child, address }
    const hasEnded = await Promise.race([ended.then(() => true), once(child.stdout, 'data')])
    if (hasEnded === true) throw new Error(output)
  }
}

async function command(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['relay/main.ts', ...args], { env })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return output.trim()
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

async function postmaster(): Promise<number> {
  const file = join(folder, 'data', 'postgres', 'postmaster.pid')
  return Number((await readFile(file, 'utf8')).split('\n')[0])
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
