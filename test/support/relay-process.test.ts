import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../gateways/temporary-folder.ts'
import { type DatabaseProcess, startDatabase } from './database-process.ts'
import { type RelayProcess, startRelayProcess } from './relay-process.ts'

let folder: string
let database: DatabaseProcess
let relays: RelayProcess[] = []

beforeAll(async () => {
  folder = await temporaryFolder('processes')
  database = await startDatabase(folder)
}, 120_000)

afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.kill()))
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

it('two relays share a database that is killed and comes back at the same address', async () => {
  const env = { DATABASE_URL: database.url }
  relays = [await startRelayProcess({ env }), await startRelayProcess({ env })]
  const ready = () =>
    Promise.all(relays.map(async ({ address }) => (await fetch(`${address}/ready`)).status))
  expect(await ready()).toEqual([200, 200])

  await database.kill()
  expect(await ready()).toEqual([503, 503])
  await database.start()
  await expect.poll(ready, { timeout: 15_000 }).toEqual([200, 200])
}, 120_000)

it.each([
  ['test', 'room.point', 'SIGKILL'],
  ['test', 'room.point:2', 'SIGKILL'],
  ['test', 'room.point:3', null],
  ['test', 'room.other', null],
  ['production', 'room.point', null],
])('in %s, told to die at %s, two passages of room.point end by %s', async (mode, at, signal) => {
  const script = `import { crashPoint } from './relay/crash-point.ts'
    crashPoint('room.point'); crashPoint('room.point')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_ENV: mode, RELAY_CRASH_AT: at },
  })
  expect((await once(child, 'exit'))[1]).toBe(signal)
})
