import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type KannelReceiver, startKannelReceiver } from '../test/gateways/kannel-receiver.ts'
import { relayClient } from '../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'
import { type DatabaseProcess, startDatabase } from '../test/support/database-process.ts'
import { createDatabase, query } from '../test/support/databases.ts'
import {
  freePort,
  type RelayProcess,
  runRelayCommand,
  startRelayProcess,
} from '../test/support/relay-process.ts'
import { writeSelfSigned } from '../test/support/self-signed.ts'
import { openDatabase } from './database/open-database.ts'
import { createLog } from './log.ts'
import { MessageStore } from './messages/message-store.ts'
import { startRelay } from './relay.ts'

let folder: string
let server: DatabaseProcess
let kannel: KannelReceiver
let env: NodeJS.ProcessEnv
let count = 0
const running: RelayProcess[] = []

beforeAll(async () => {
  folder = await temporaryFolder('running')
  await mkdir(join(folder, 'campaigns'))
  await writeFile(join(folder, 'campaigns', 'fixture.json'), JSON.stringify(campaignFixture))
  server = await startDatabase(join(folder, 'data'))
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'secret' })
}, 120_000)

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  kannel.received.length = 0
  Object.assign(kannel.faults, { intake: 'ok', reports: true })
}, 60_000)

afterAll(async () => {
  await kannel?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

async function fresh(): Promise<string> {
  const url = await createDatabase(server.url, `running_${++count}`)
  env = {
    DATABASE_URL: url,
    RELAY_CAMPAIGNS: join(folder, 'campaigns'),
    KANNEL_URL: kannel.url,
    KANNEL_USER: 'prozvon',
    KANNEL_PASSWORD: 'secret',
    KANNEL_FROM: 'Prozvon',
  }
  return url
}

async function start(change: NodeJS.ProcessEnv = {}): Promise<RelayProcess> {
  const relay = await startRelayProcess({ env: { ...env, ...change } })
  running.push(relay)
  return relay
}

const newToken = () => runRelayCommand(env, 'token', 'add', '--name', 'Олена', '--role', 'operator')

describe('several relays on one database', () => {
  it('start at once on an empty one, share tokens, keys and queue, and send each message once', async () => {
    const url = await fresh()
    const relays = await Promise.all([start(), start(), start()])
    expect(await query(url, 'select count(*)::int as n from signing_key')).toEqual([{ n: 1 }])
    const token = await newToken()
    const clients = relays.map(({ address }) => relayClient(address, token))
    const numbers = Array.from({ length: 24 }, (_, n) => `+3805012345${String(n + 10)}`)
    const sent = await Promise.all(
      numbers.map((to, n) => clients[n % 3]?.sent(requestFixture({ to }), `key ${n}`)),
    )
    // Each is asked of another relay than the one that took it; reports go to whichever sent it.
    for (const [n, message] of sent.entries()) {
      await clients[(n + 1) % 3]?.until(message?.id ?? '', ({ state }) => state === 'delivered')
    }
    expect(kannel.received.map(({ to }) => to).sort()).toEqual(numbers.sort())
    const signers = new Set(kannel.received.map(({ reportUrl }) => new URL(reportUrl ?? '').port))
    expect(signers.size).toBeGreaterThan(1)
  }, 120_000)

  it('a long poll at one sees what another did', async () => {
    await fresh()
    const [first, second] = [await start(), await start()]
    const token = await newToken()
    kannel.faults.reports = false
    const { id } = await relayClient(first.address, token).sent(requestFixture(), 'key')
    await relayClient(first.address, token).until(id, ({ state }) => state === 'sent')
    const polls = [first, second].map(({ address }) =>
      relayClient(address, token).get(`/v1/messages/${id}?waitSeconds=20&since=sent`),
    )
    const [sms] = kannel.received
    if (sms) await kannel.report(sms)
    for (const poll of polls)
      expect(await (await poll).json()).toMatchObject({ state: 'delivered' })
  }, 120_000)

  it('one that is killed leaves its jobs to the others', async () => {
    await fresh()
    const [first, second] = [await start(), await start()]
    const token = await newToken()
    kannel.faults.intake = 'down'
    const { id } = await relayClient(first.address, token).sent(requestFixture(), 'key')
    const client = relayClient(second.address, token)
    await client.until(id, ({ detail }) => detail === 'gateway_busy')
    await first.kill()
    kannel.faults.intake = 'ok'
    await client.until(id, ({ state }) => state === 'sent' || state === 'delivered')
    expect(kannel.received).toHaveLength(1)
  }, 120_000)

  it('notice an abandoned submission once, whoever looks first', async () => {
    const url = await fresh()
    const relay = await start()
    const client = relayClient(relay.address, await newToken())
    const { id } = await client.sent(requestFixture(), 'key')
    await client.until(id, ({ state }) => state === 'delivered')
    await relay.stop()
    await query(
      url,
      `update message set state = 'submitting', detail = null, submitted_at = now() - interval '1 hour'`,
    )
    const databases = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ url }, createLog('silent'), 'shared')),
    )
    const counts = await Promise.all(
      databases.map(({ db }) => new MessageStore(db).doubtAbandoned()),
    )
    for (const database of databases) await database.close()
    expect(counts.reduce((sum, one) => sum + one)).toBe(1)
  }, 120_000)
})

describe('a relay that is told to stop', () => {
  it('says «not ready» first, finishes the message in hand, and ends without an error', async () => {
    const url = await fresh()
    const relay = await start({ RELAY_DRAIN_SECONDS: '2' })
    const client = relayClient(relay.address, await newToken())
    const { id } = await client.sent(requestFixture(), 'key')
    expect((await fetch(`${relay.address}/ready`)).status).toBe(200)
    process.kill(relay.pid, 'SIGTERM')
    await expect
      .poll(async () => (await fetch(`${relay.address}/ready`)).status, { timeout: 30_000 })
      .toBe(503)
    expect((await fetch(`${relay.address}/health`)).status).toBe(200)
    await relay.ended
    const [row] = await query(url, 'select state from message where id = $1', [id])
    expect(['sent', 'delivered']).toContain(row?.state)
  }, 60_000)

  it.each([
    ['on a server', false],
    ['with the embedded database', true],
  ])(
    '%s ends with 0 and nothing but its ordinary log',
    async (_name, isEmbedded) => {
      await fresh()
      const own = isEmbedded ? { DATABASE_URL: '', RELAY_DATA: join(folder, 'embedded') } : {}
      const child = spawn(process.execPath, ['relay/main.ts'], {
        env: { PATH: process.env.PATH, RELAY_PORT: '0', ...env, ...own },
      })
      let log = ''
      child.stdout.on('data', (text) => (log += text))
      child.stderr.on('data', (text) => (log += text))
      await expect.poll(() => log, { timeout: 30_000 }).toContain('relay is up')
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
      const levels = log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).level)
      expect(levels.filter((level) => level >= 40)).toEqual([])
    },
    60_000,
  )

  it('ends at once when told twice', async () => {
    await fresh()
    const relay = await start({ RELAY_DRAIN_SECONDS: '300' })
    process.kill(relay.pid, 'SIGTERM')
    await expect
      .poll(async () => (await fetch(`${relay.address}/ready`)).status, { timeout: 30_000 })
      .toBe(503)
    process.kill(relay.pid, 'SIGTERM')
    await relay.ended
  }, 60_000)
})

describe('metrics', () => {
  const options = () => ({ database: { url: env.DATABASE_URL ?? '' }, campaigns: [] })

  it('tell of requests, messages, doubts, queue, gateways and connections, and of no person', async () => {
    await fresh()
    const relay = await start()
    const token = await newToken()
    const client = relayClient(relay.address, token)
    const { id } = await client.sent(requestFixture(), 'key')
    await client.until(id, ({ state }) => state === 'delivered')
    await fetch(`${relay.address}/v1/people/+380501234567`)
    const response = await fetch(`${relay.address}/metrics`)
    const text = await response.text()
    expect(response.headers.get('content-type')).toContain('text/plain')
    for (const line of [
      'relay_http_request_duration_seconds_count{method="POST",route="/v1/messages",status="202"} 1',
      'relay_http_request_duration_seconds_count{method="GET",route="unknown",status="404"} 1',
      'relay_messages{channel="sms",state="delivered"} 1',
      'relay_messages_in_doubt 0',
      'relay_gateway_submissions_total{channel="sms",outcome="accepted"} 1',
      'relay_database_connections{state="open"}',
      'process_cpu_seconds_total',
    ]) {
      expect(text).toContain(line)
    }
    for (const secret of [id, token, '380501234567', 'Олена', requestFixture().attemptId]) {
      expect(text).not.toContain(secret)
    }
  }, 60_000)

  it('without a token are for this machine only, not for what a proxy passes on', async () => {
    await fresh()
    const relay = await startRelay({ ...options(), logLevel: 'silent' })
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${relay.address}/metrics`, { headers })).status
    expect(await status({})).toBe(200)
    expect(await status({ 'x-forwarded-for': '127.0.0.1' })).toBe(403)
    expect(await status({ forwarded: 'for=127.0.0.1' })).toBe(403)
    await relay.close()
  }, 60_000)

  it('with a token are for whoever shows it', async () => {
    await fresh()
    const metricsToken = 'sixteen characters or more'
    const relay = await startRelay({ ...options(), metricsToken, logLevel: 'silent' })
    const status = async (authorization: string) =>
      (await fetch(`${relay.address}/metrics`, { headers: { authorization } })).status
    expect(await status(`Bearer ${metricsToken}`)).toBe(200)
    expect(await status(`Bearer ${metricsToken}x`)).toBe(403)
    expect(await status('')).toBe(403)
    await relay.close()
  }, 60_000)
})

describe('the address', () => {
  it('has TLS with a certificate of its own, which SIGHUP renews; a bad one is not taken', async () => {
    await fresh()
    const [old, renewed] = [
      await writeSelfSigned(folder, 'old'),
      await writeSelfSigned(folder, 'renewed'),
    ]
    const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const install = async (pair: typeof old) => {
      await copyFile(pair.certificate, certificate)
      await copyFile(pair.key, key)
    }
    await install(old)
    const relay = await start({ RELAY_TLS_CERT: certificate, RELAY_TLS_KEY: key })
    expect(relay.address).toMatch(/^https:/)
    expect(await certificateOf(relay.address)).toBe('old')
    await writeFile(certificate, 'no certificate')
    process.kill(relay.pid, 'SIGHUP')
    await install(renewed)
    process.kill(relay.pid, 'SIGHUP')
    await expect.poll(() => certificateOf(relay.address), { timeout: 30_000 }).toBe('renewed')
  }, 60_000)

  it.each([
    [
      'a port that is taken',
      'is taken by another program',
      async () => ({ RELAY_PORT: new URL(kannel.url).port }),
    ],
    [
      'an address of another machine',
      'is no address of this machine',
      async () => ({ RELAY_HOST: '192.0.2.1', RELAY_PORT: String(await freePort()) }),
    ],
    [
      'a certificate that is not there',
      "RELAY_TLS_CERT: can't read",
      async () => ({ RELAY_TLS_CERT: '/nowhere', RELAY_TLS_KEY: '/nowhere' }),
    ],
  ])(
    '%s is told in one line',
    async (_name, words, change) => {
      await fresh()
      const message = await start({ RELAY_LOG: 'silent', ...(await change()) }).catch((error) =>
        String(error),
      )
      expect(message).toContain(words)
      expect(String(message).trim().split('\n')).toHaveLength(1)
    },
    60_000,
  )
})

function certificateOf(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${address}/health`,
      { rejectUnauthorized: false, agent: false },
      (response) => {
        resolve(String((response.socket as TLSSocket).getPeerCertificate().subject.CN))
        response.resume()
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
