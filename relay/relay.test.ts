import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RelayProblem } from '../lib/contracts/relay-api.ts'
import { RelayCampaigns } from '../lib/contracts/relay-campaigns.ts'
import { type KannelReceiver, startKannelReceiver } from '../test/gateways/kannel-receiver.ts'
import { relayClient } from '../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../test/gateways/relay-fixture.ts'
import { type SmtpReceiver, startSmtpReceiver } from '../test/gateways/smtp-receiver.ts'
import { temporaryFolder } from '../test/gateways/temporary-folder.ts'
import { type Cluster, openCluster } from './database/embedded/cluster.ts'
import { createLog } from './log.ts'
import { type Relay, startRelay } from './relay.ts'

let folder: string
let cluster: Cluster
let kannel: KannelReceiver
let smtp: SmtpReceiver
let relay: Relay
let token: string
let client: ReturnType<typeof relayClient>
let log = ''
let keys = 0

const newKey = () => `key-${++keys}`
const isFinal = ({ state }: { state: string }) =>
  ['delivered', 'undelivered', 'failed'].includes(state)

beforeAll(async () => {
  folder = await temporaryFolder('relay')
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'kannel-secret' })
  smtp = await startSmtpReceiver()
  cluster = await openCluster({ folder, sharing: 'exclusive', log: createLog('silent') })
  relay = await startRelay({
    database: { url: cluster.url },
    campaigns: [{ ...campaignFixture, version: 1 }, campaignFixture],
    kannel: { url: kannel.url, username: 'prozvon', password: 'kannel-secret', from: 'Prozvon' },
    smtp: { url: smtp.url, from: 'Prozvon <calls@example.com>' },
    ratePerMinute: 10_000,
    logLevel: 'debug',
    logTo: {
      write(line) {
        log += line
      },
    },
  })
  token = await relay.addToken('Олена', 'operator')
  client = relayClient(relay.address, token)
}, 120_000)

beforeEach(() => {
  kannel.received.length = 0
  smtp.received.length = 0
  Object.assign(kannel.faults, { intake: 'ok', undeliverable: new Set(), reports: true })
  Object.assign(smtp.faults, { recipients: 'ok' })
})

afterAll(async () => {
  await relay?.close()
  await cluster?.close()
  await kannel?.close()
  await smtp?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

describe('an SMS', () => {
  it('goes to the gateway with the text of the template, and is delivered when the report comes', async () => {
    const taken = await client.sent(requestFixture(), newKey())
    expect(taken).toMatchObject({ channel: 'sms', state: 'queued', detail: null })

    expect(await client.until(taken.id, isFinal)).toMatchObject({ state: 'delivered' })
    expect(kannel.received).toHaveLength(1)
    expect(kannel.received[0]).toMatchObject({
      from: 'Prozvon',
      to: '+380501234567',
      text: 'Олена, позвоним 05.03.2026 в 11:17. Заказчик',
    })
  })

  it('is «sent» while the gateway has it and has not reported', async () => {
    kannel.faults.reports = false
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, ({ state }) => state === 'sent')

    const [sms] = kannel.received
    if (sms) await kannel.report(sms)
    expect(await client.until(id, isFinal)).toMatchObject({ state: 'delivered' })
  })

  it('is undelivered when the network can not reach the number', async () => {
    kannel.faults.undeliverable = new Set(['+380501234567'])
    const { id } = await client.sent(requestFixture(), newKey())
    expect(await client.until(id, isFinal)).toMatchObject({
      state: 'undelivered',
      detail: 'not_reachable',
    })
  })

  it('is tried again while the gateway is down, and arrives once', async () => {
    kannel.faults.intake = 'down'
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, ({ detail }) => detail === 'gateway_busy')

    kannel.faults.intake = 'ok'
    expect(await client.until(id, isFinal)).toMatchObject({ state: 'delivered' })
    expect(kannel.received).toHaveLength(1)
  })

  it('fails when the gateway refuses it', async () => {
    kannel.faults.intake = 'refuse'
    const { id } = await client.sent(requestFixture(), newKey())
    expect(await client.until(id, isFinal)).toMatchObject({
      state: 'failed',
      detail: 'gateway_refused',
    })
  })

  it('a report with a wrong signature is refused and changes nothing', async () => {
    kannel.faults.reports = false
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, ({ state }) => state === 'sent')

    const link = new URL((kannel.received[0]?.reportUrl ?? '').replace('%d', '1'))
    link.searchParams.set('signature', '0'.repeat(64))
    const response = await fetch(link)
    expect(response.status).toBe(403)
    expect(RelayProblem.parse(await response.json()).code).toBe('forbidden')
    expect(await (await client.get(`/v1/messages/${id}`)).json()).toMatchObject({ state: 'sent' })
  })
})

describe('a mail', () => {
  const mail = (change = {}) =>
    requestFixture({ channel: 'mail', to: 'olena@example.com', ...change })

  it('reaches the mail server as text with an HTML alternative, and that is what «delivered» means', async () => {
    const taken = await client.sent(mail(), newKey())
    expect(await client.until(taken.id, isFinal)).toMatchObject({
      state: 'delivered',
      detail: 'mail_server',
    })
    expect(smtp.received).toHaveLength(1)
    expect(smtp.received[0]).toMatchObject({
      from: 'calls@example.com',
      to: ['olena@example.com'],
      subject: 'Звонок 05.03.2026: ТОВ «Приклад»',
      text: 'Здравствуйте, Олена.\n\nПозвоним 05.03.2026 в 11:17.\nЗаказчик',
      messageId: `<${taken.id}@example.com>`,
    })
    expect(smtp.received[0]?.html).toContain('<p>Здравствуйте, Олена.</p>')
  })

  it('variables are text: they add neither headers nor markup', async () => {
    const variables = {
      ...requestFixture().variables,
      company: 'X\r\nBcc: other@example.com\r\nX-Injected: yes',
      contact: '<img src=x onerror=alert(1)> {company}',
    }
    const { id } = await client.sent(mail({ variables }), newKey())
    await client.until(id, isFinal)

    const [received] = smtp.received
    expect(received?.to).toEqual(['olena@example.com'])
    expect(received?.headerNames).not.toContain('bcc')
    expect(received?.headerNames).not.toContain('x-injected')
    expect(received?.subject).toContain('X Bcc: other@example.com X-Injected: yes')
    expect(received?.html).toContain('&lt;img src=x onerror=alert(1)&gt; {company}')
  })

  it('is tried again after a 4yz answer and fails after a 5yz', async () => {
    smtp.faults.recipients = 'later'
    const { id } = await client.sent(mail(), newKey())
    await client.until(id, ({ detail }) => detail === 'gateway_busy')
    smtp.faults.recipients = 'never'
    expect(await client.until(id, isFinal)).toMatchObject({
      state: 'failed',
      detail: 'gateway_refused',
    })
  })
})

describe('Idempotency-Key', () => {
  it('20 simultaneous repeats get one answer and make one SMS', async () => {
    const key = newKey()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.sent(requestFixture(), key)),
    )
    const [first] = answers
    expect(answers).toEqual(Array(20).fill(first))
    await client.until(first?.id ?? '', isFinal)
    expect(kannel.received).toHaveLength(1)
  })

  it('a repeat after delivery gets the first answer', async () => {
    const key = newKey()
    const first = await client.sent(requestFixture(), key)
    await client.until(first.id, isFinal)
    expect(await client.sent(requestFixture(), key)).toEqual(first)
    expect(kannel.received).toHaveLength(1)
  })

  it('the same key with another body is a conflict', async () => {
    const key = newKey()
    const { id } = await client.sent(requestFixture(), key)
    const response = await client.send(requestFixture({ to: '+380671234567' }), key)
    expect(response.status).toBe(409)
    expect(RelayProblem.parse(await response.json()).code).toBe('idempotency_conflict')
    await client.until(id, isFinal)
    expect(kannel.received).toHaveLength(1)
  })

  it('two tokens may use the same key for different messages', async () => {
    const other = relayClient(relay.address, await relay.addToken('Ирина', 'operator'))
    const key = newKey()
    const mine = await client.sent(requestFixture(), key)
    const theirs = await other.sent(requestFixture({ to: '+380671234567' }), key)
    await Promise.all([client.until(mine.id, isFinal), other.until(theirs.id, isFinal)])
    expect(kannel.received.map(({ to }) => to).sort()).toEqual(['+380501234567', '+380671234567'])
  })
})

describe('refusals', () => {
  const variables = requestFixture().variables
  const { contact: _, ...withoutContact } = variables
  it.each([
    ['an unknown template', { template: 'free-text' }, 404, 'not_found'],
    ['a template of another language', { language: 'uk' as const }, 404, 'not_found'],
    ['a version not held', { campaign: { id: 'relay-fixture', version: 9 } }, 404, 'not_found'],
    ['a missing variable', { variables: withoutContact }, 400, 'invalid'],
    ['a link', { variables: { ...variables, contact: 'https://x.example' } }, 400, 'invalid'],
    ['a bare link', { variables: { ...variables, contact: 'bit.ly/a' } }, 400, 'invalid'],
    ['a landline', { to: '+380444901234' }, 400, 'invalid'],
    ['a number cut short', { to: '+38050123456' }, 400, 'invalid'],
    ['two numbers', { to: '+380501234567 +380501234568' }, 400, 'invalid'],
    ['an address for SMS', { to: 'a@example.com' }, 400, 'invalid'],
    [
      'two addresses',
      { channel: 'mail' as const, to: 'a@example.com,b@example.com' },
      400,
      'invalid',
    ],
    [
      'a header in the address',
      { channel: 'mail' as const, to: 'a@example.com\r\nBcc: b@example.com' },
      400,
      'invalid',
    ],
    [
      'a name with the address',
      { channel: 'mail' as const, to: 'A <a@example.com>' },
      400,
      'invalid',
    ],
    ['a value too long', { variables: { ...variables, contact: 'x'.repeat(201) } }, 400, 'invalid'],
    ['an unknown field', { text: 'free' }, 400, 'invalid'],
  ])('%s is refused and nothing is sent', async (_name, change, status, code) => {
    const response = await client.send({ ...requestFixture(), ...change }, newKey())
    expect(response.status).toBe(status)
    expect(RelayProblem.parse(await response.json()).code).toBe(code)
    expect(kannel.received).toEqual([])
    expect(smtp.received).toEqual([])
  })

  it.each([
    ['no key', {}, 'idempotency_key_required'],
    ['a key too long', { 'idempotency-key': 'k'.repeat(129) }, 'idempotency_key_required'],
  ])('%s is refused', async (_name, headers, code) => {
    const response = await client.post(requestFixture(), headers as Record<string, string>)
    expect(response.status).toBe(400)
    expect(RelayProblem.parse(await response.json()).code).toBe(code)
  })

  it.each([
    ['a body that is too large', `{"a":"${'x'.repeat(40_000)}"}`, 413, 'too_large'],
    ['a body that is no JSON', '{', 400, 'invalid'],
  ])('%s is refused', async (_name, body, status, code) => {
    const response = await client.post(body, { 'idempotency-key': newKey() })
    expect(response.status).toBe(status)
    expect(RelayProblem.parse(await response.json()).code).toBe(code)
  })

  it.each([
    ['no token', undefined],
    ['another scheme', 'Basic cHJ6'],
    ['a malformed token', 'Bearer prz_x'],
    ['an unknown token', `Bearer prz_000000000000_${'A'.repeat(43)}`],
  ])('%s is unauthorized', async (_name, authorization) => {
    const headers = authorization ? { authorization } : undefined
    const response = await fetch(`${relay.address}/v1/me`, headers ? { headers } : {})
    expect(response.status).toBe(401)
    expect(RelayProblem.parse(await response.json()).code).toBe('unauthorized')
  })

  it('a token with one letter changed is unauthorized', async () => {
    const wrong = token.slice(0, -2) + (token.at(-2) === 'A' ? 'B' : 'A') + token.slice(-1)
    expect((await relayClient(relay.address, wrong).get('/v1/me')).status).toBe(401)
  })

  it("another token's message does not exist", async () => {
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, isFinal)
    const other = relayClient(relay.address, await relay.addToken('Ирина', 'coordinator'))
    const response = await other.get(`/v1/messages/${id}`)
    expect(response.status).toBe(404)
    expect(RelayProblem.parse(await response.json()).code).toBe('not_found')
  })

  it('an unknown address is answered as a problem', async () => {
    const response = await fetch(`${relay.address}/nowhere`)
    expect(response.status).toBe(404)
    expect(RelayProblem.parse(await response.json()).code).toBe('not_found')
  })
})

describe('the rest of the interface', () => {
  it('tells whose token it is', async () => {
    expect(await (await client.get('/v1/me')).json()).toEqual({ name: 'Олена', role: 'operator' })
  })

  it('publishes the newest version of each campaign', async () => {
    const { campaigns } = RelayCampaigns.parse(await (await client.get('/v1/campaigns')).json())
    expect(campaigns.map(({ id, version }) => [id, version])).toEqual([['relay-fixture', 2]])
  })

  it('a long poll answers when the state changes, not before', async () => {
    kannel.faults.reports = false
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, ({ state }) => state === 'sent')

    const poll = client.get(`/v1/messages/${id}?waitSeconds=20&since=sent`)
    const [sms] = kannel.received
    if (sms) await kannel.report(sms)
    expect(await (await poll).json()).toMatchObject({ id, state: 'delivered' })
  })

  it.each([
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', true],
    ['moz-extension://0b1c2d3e-4f50-4a61-8b72-9c83d4e5f607', true],
    ['https://portal.example', false],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop.example.com', false],
    ['null', false],
  ])('CORS for %s: %s', async (origin, isAllowed) => {
    const response = await fetch(`${relay.address}/v1/messages`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    })
    expect(response.headers.get('access-control-allow-origin')).toBe(isAllowed ? origin : null)
  })

  it('describes itself as OpenAPI', async () => {
    const document = await (await fetch(`${relay.address}/openapi.json`)).json()
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/v1/messages', '/v1/messages/{id}', '/v1/campaigns', '/v1/me']),
    )
  })

  it('is healthy and ready', async () => {
    expect((await fetch(`${relay.address}/health`)).status).toBe(200)
    expect((await fetch(`${relay.address}/ready`)).status).toBe(200)
  })

  it('the log holds neither secrets nor personal data', async () => {
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, isFinal)
    const signature = new URL(kannel.received[0]?.reportUrl ?? 'http://x').searchParams.get(
      'signature',
    )
    expect(signature).toHaveLength(64)
    expect(log).toContain(id)
    for (const secret of [
      token,
      token.slice(17),
      'kannel-secret',
      signature ?? 'none',
      '501234567',
      'olena@',
      'Олена',
      'Заказчик',
    ]) {
      expect(log).not.toContain(secret)
    }
  })
})

describe('a second relay on the same database', () => {
  const second = (change = {}) =>
    startRelay({
      database: { url: cluster.url },
      campaigns: [campaignFixture],
      logLevel: 'silent',
      ...change,
    })

  it('knows the same tokens and messages, and ends its long polls when it stops', async () => {
    const { id } = await client.sent(requestFixture(), newKey())
    await client.until(id, isFinal)
    const other = await second()
    const poll = relayClient(other.address, token).get(
      `/v1/messages/${id}?waitSeconds=20&since=delivered`,
    )
    // The poll is under way when a request that was made after it has been answered.
    await relayClient(other.address, token).get('/v1/me')
    await other.close()
    expect(await (await poll).json()).toMatchObject({ id, state: 'delivered' })
  })

  it('without a gateway takes no message for it, and says so', async () => {
    const other = await second()
    const response = await relayClient(other.address, token).send(requestFixture(), newKey())
    await other.close()
    expect(response.status).toBe(501)
    expect(RelayProblem.parse(await response.json()).code).toBe('not_configured')
  })

  it('limits the requests of each token, not of all together', async () => {
    const other = await second({ ratePerMinute: 2 })
    const mine = relayClient(other.address, token)
    const theirs = relayClient(other.address, await other.addToken('Ирина', 'operator'))
    const responses = []
    for (let count = 0; count < 3; count++) responses.push(await mine.get('/v1/me'))
    const theirFirst = await theirs.get('/v1/me')
    await other.close()
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(RelayProblem.parse(await responses[2]?.json()).code).toBe('too_many_requests')
    expect(theirFirst.status).toBe(200)
  })
})
