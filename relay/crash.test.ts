import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type KannelReceiver, startKannelReceiver } from '../test/gateways/kannel-receiver.ts'
import { relayClient } from '../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'
import {
  freePort,
  type RelayProcess,
  runRelayCommand,
  startRelayProcess,
} from '../test/support/relay-process.ts'

let folder: string
let env: NodeJS.ProcessEnv
let kannel: KannelReceiver
const processes = new Set<RelayProcess>()

// One data folder for all tests: each must leave it so that the next can start on it.
beforeAll(async () => {
  folder = await temporaryFolder('crash')
  await mkdir(join(folder, 'campaigns'))
  await writeFile(join(folder, 'campaigns', 'fixture.json'), JSON.stringify(campaignFixture))
})

beforeEach(async () => {
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'secret' })
  env = {
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
  for (const started of processes) await started.stop()
  processes.clear()
  await kannel.close()
}, 60_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a relay that is killed', () => {
  it('between hand-over and record: the message is in doubt, is not sent again, and its report settles it', async () => {
    kannel.faults.intake = 'silent'
    const first = await startProcess()
    const token = await runRelayCommand(
      env,
      'token',
      'add',
      '--name',
      'Олена',
      '--role',
      'operator',
    )
    const { id } = await relayClient(first.address, token).sent(requestFixture(), 'first key')
    await until(() => kannel.received.length === 1)
    await first.kill()

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
    await first.kill()
    expect(isAlive(orphan)).toBe(true)

    const second = await startProcess()
    expect(await postmaster()).toBe(orphan)
    expect((await fetch(`${second.address}/ready`)).status).toBe(200)

    await second.stop()
    await until(() => !isAlive(orphan))
  }, 120_000)
})

it('a second relay on the same data folder is refused, and harms nothing', async () => {
  const first = await startProcess()
  await expect(startProcess({ RELAY_PORT: '0' })).rejects.toThrow('another relay works in')
  expect((await fetch(`${first.address}/ready`)).status).toBe(200)
}, 120_000)

async function startProcess(change: NodeJS.ProcessEnv = {}): Promise<RelayProcess> {
  const started = await startRelayProcess({ env: { ...env, ...change } })
  processes.add(started)
  return started
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
