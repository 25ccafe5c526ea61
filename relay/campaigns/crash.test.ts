import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { compactVerify, importJWK } from 'jose'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  CampaignDraft,
  CampaignSummary,
  CampaignVersion,
  CampaignVersionDocument,
  RelayKeys,
} from '../../lib/contracts/relay-campaigns.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { type DatabaseProcess, startDatabase } from '../../test/support/database-process.ts'
import {
  type RelayProcess,
  runRelayCommand,
  startRelayProcess,
} from '../../test/support/relay-process.ts'

let folder: string
let database: DatabaseProcess
let env: NodeJS.ProcessEnv
let token: string
/** Lives through the tests; the other relay of each test is the one that dies. */
let survivor: RelayProcess
const others: RelayProcess[] = []

beforeAll(async () => {
  folder = await temporaryFolder('campaign-crash')
  database = await startDatabase(folder)
  env = { DATABASE_URL: database.url, RELAY_RATE_PER_MINUTE: '100000' }
  survivor = await startRelayProcess({ env })
  token = await runRelayCommand(env, 'token', 'add', '--name', 'Ольга', '--role', 'coordinator')
}, 120_000)
afterEach(async () => {
  for (const relay of others.splice(0)) await relay.kill()
})
afterAll(async () => {
  await survivor?.stop()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

function ask(relay: RelayProcess, method: string, path: string, wish: Wish = {}) {
  const { body, stamp, key = randomUUID() } = wish
  return fetch(`${relay.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      ...(stamp !== undefined && { 'if-match': `"${stamp}"` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
interface Wish {
  body?: unknown
  stamp?: string
  key?: string
}

async function other(crashAt?: `campaigns.${string}`): Promise<RelayProcess> {
  const relay = await startRelayProcess({ env, ...(crashAt && { crashAt }) })
  others.push(relay)
  return relay
}

/** A campaign that is nothing but a draft yet, and how to publish it by the same key again. */
async function drafted() {
  const path = `/v1/campaigns/c-${randomUUID().slice(0, 8)}`
  const body = { document: campaignFixture }
  const draft = await ask(survivor, 'PUT', `${path}/draft`, { body })
  const { stamp } = CampaignDraft.parse(await draft.json())
  const key = randomUUID()
  const wish = { key, stamp, body: { note: '' } }
  return { path, publishBy: (relay: RelayProcess) => ask(relay, 'POST', `${path}/publish`, wish) }
}

/** The versions there are, each of them read and its signature checked. */
async function wholeVersions(path: string): Promise<number[]> {
  const summary = CampaignSummary.parse(await (await ask(survivor, 'GET', path)).json())
  const { keys } = RelayKeys.parse(await (await ask(survivor, 'GET', '/v1/keys')).json())
  for (const { version } of summary.versions) {
    const response = await ask(survivor, 'GET', `${path}/versions/${version}`)
    const { document, envelope } = CampaignVersionDocument.parse(await response.json())
    const key = await importJWK({ ...keys[0] }, 'ES256')
    const { payload } = await compactVerify(envelope, key)
    expect(JSON.parse(new TextDecoder().decode(payload)).campaign).toEqual(document)
  }
  // A published draft is gone, one that was not published is still there: never both, never none.
  expect(summary.draft === null).toBe(summary.versions.length > 0)
  return summary.versions.map(({ version }) => version)
}

/** Whoever asks again with the same key gets version 1, by any relay, and nothing is added. */
async function publishedOnce({ path, publishBy }: Awaited<ReturnType<typeof drafted>>) {
  for (const _ of ['again', 'and again']) {
    const repeated = await publishBy(survivor)
    expect(repeated.status).toBe(201)
    expect(CampaignVersion.parse(await repeated.json()).version).toBe(1)
  }
  expect(await wholeVersions(path)).toEqual([1])
}

describe('a relay that is killed while it publishes', () => {
  it.each([
    ['campaigns.locked', []],
    ['campaigns.signed', []],
    ['campaigns.versionWritten', []],
    ['campaigns.draftDropped', []],
    ['campaigns.committed', [1]],
  ] as const)(
    'at %s: the version is whole or not there, and is published once',
    async (at, left) => {
      const dying = await other(at)
      const campaign = await drafted()
      await expect(campaign.publishBy(dying)).rejects.toThrow()
      await dying.ended
      expect(await wholeVersions(campaign.path)).toEqual(left)
      await publishedOnce(campaign)
    },
    60_000,
  )

  it('while the other relay publishes by the same key: once', async () => {
    const dying = await other('campaigns.versionWritten')
    const campaign = await drafted()
    const [, answer] = await Promise.allSettled([
      campaign.publishBy(dying),
      campaign.publishBy(survivor),
    ])
    expect(answer.status === 'fulfilled' && answer.value.status).toBe(201)
    await publishedOnce(campaign)
  }, 60_000)
})

it('two relays that are asked by one key at once publish once', async () => {
  const second = await other()
  const campaign = await drafted()
  const relays = [survivor, second, survivor, second]
  const answers = await Promise.all(relays.map((relay) => campaign.publishBy(relay)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
  await publishedOnce(campaign)
}, 60_000)

describe('a database that is killed while a relay publishes', () => {
  // Each table is held at the write to it, so that the server dies exactly there.
  it.each([
    ['idempotency_record', false],
    ['campaign', false],
    ['campaign_version', false],
    ['campaign_draft', false],
    ['campaign_version', true],
  ])(
    'before it writes %s (and the relay with it: %s)',
    async (table, withRelay) => {
      const dying = await other()
      const campaign = await drafted()
      const holder = new pg.Client({ connectionString: database.url })
      holder.on('error', () => {})
      await holder.connect()
      await holder.query(`begin; lock table ${table} in share row exclusive mode`)
      const answer = campaign.publishBy(dying).then(
        ({ status }) => status,
        () => 'no answer',
      )
      await expect.poll(() => waiting(table), { timeout: 20_000 }).toBe(true)
      if (withRelay) await Promise.all([database.kill(), dying.kill()])
      else await database.kill()
      expect(await answer).not.toBe(201)
      await database.start()
      await expect.poll(isReady, { timeout: 20_000 }).toBe(200)
      expect(await wholeVersions(campaign.path)).toEqual([])
      await publishedOnce(campaign)
    },
    120_000,
  )

  it('right after the answer: what was acknowledged is there', async () => {
    const campaign = await drafted()
    expect((await campaign.publishBy(survivor)).status).toBe(201)
    await database.kill()
    await database.start()
    await expect.poll(isReady, { timeout: 20_000 }).toBe(200)
    expect(await wholeVersions(campaign.path)).toEqual([1])
    await publishedOnce(campaign)
  }, 120_000)
})

/** Whether somebody waits for a lock on the table. */
async function waiting(table: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(
    'select 1 from pg_locks where not granted and relation = $1::regclass',
    [table],
  )
  await client.end()
  return rows.length > 0
}

async function isReady(): Promise<number> {
  return (await fetch(`${survivor.address}/ready`)).status
}
