import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RelayProblem } from '../lib/contracts/relay-api.ts'
import { RelayPeople } from '../lib/contracts/relay-people.ts'
import type { Role } from '../lib/contracts/role.ts'
import { type KannelReceiver, startKannelReceiver } from '../test/gateways/kannel-receiver.ts'
import { campaignFixture, requestFixture } from '../test/gateways/relay-fixture.ts'
import { openTestDatabase, type TestDatabase } from '../test/gateways/test-database.ts'
import { type Relay, startRelay } from './relay.ts'
import { newKey, readKeys } from './secrets/sealed.ts'
import { ownerOf } from './tokens/token-store.ts'

let database: TestDatabase
let kannel: KannelReceiver
let relay: Relay
let log = ''
const tokens = {} as Record<Role, string>

const account = {
  server: 'wss://pbx.example',
  domain: 'pbx.example',
  user: '101',
  password: 'sip-password',
  displayName: 'Олена',
}

function ask(
  method: string,
  path: string,
  token: string | null,
  body?: unknown,
  key: string = randomUUID(),
) {
  return fetch(`${relay.address}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method !== 'GET' && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
const codeOf = async (response: Response) => RelayProblem.parse(await response.json()).code
const idOf = (token: string) => token.slice(4, 16)
async function personOf(token: string): Promise<string> {
  return (await ownerOf(database.db, idOf(token)))?.personId ?? 'none'
}
const pairingCode = async (body: unknown, token = tokens.coordinator): Promise<string> =>
  (await (await ask('POST', '/v1/pairing-codes', token, body)).json()).code

beforeAll(async () => {
  database = await openTestDatabase('abuse')
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'kannel-secret' })
  const keys = readKeys(newKey(new Date(0)))
  relay = await startRelay({
    database: { url: database.url },
    campaigns: [campaignFixture],
    kannel: { url: kannel.url, username: 'prozvon', password: 'kannel-secret', from: 'Prozvon' },
    keys: keys.ok ? keys.value : [],
    messagesPerDay: 3,
    ratePerMinute: 10_000,
    requestTimeoutMs: 500,
    logTo: {
      write(line) {
        log += line
      },
    },
  })
  const roles: Role[] = ['operator', 'sales_rep', 'coordinator', 'quality', 'technician', 'admin']
  for (const role of roles) tokens[role] = await relay.addToken(role, role)
}, 120_000)

afterAll(async () => {
  await relay?.close()
  await kannel?.close()
  await database?.close()
}, 60_000)

describe('tokens', () => {
  it.each([
    ['forged: a known id with another secret', () => `prz_${idOf(tokens.admin)}_${'A'.repeat(43)}`],
    ['made up', () => `prz_000000000000_${'A'.repeat(43)}`],
    ['of two people', () => tokens.operator.slice(0, 16) + tokens.admin.slice(16)],
    ['with a database in it', () => `prz_'or1=1--_${'A'.repeat(43)}`],
    ['very long', () => `prz_${'a'.repeat(10_000)}`],
  ])('%s opens nothing', async (_name, token) => {
    const response = await ask('GET', '/v1/me', token())
    expect(response.status).toBe(401)
    expect(await codeOf(response)).toBe('unauthorized')
  })

  it('a stolen token is dead as soon as it is revoked, and a repeated revocation changes nothing', async () => {
    const stolen = await relay.addToken('Ирина', 'operator')
    expect((await ask('GET', '/v1/me', stolen)).status).toBe(200)
    const revoke = (key: string) =>
      ask('DELETE', `/v1/tokens/${idOf(stolen)}`, tokens.technician, undefined, key)
    expect(await (await revoke('r1')).json()).toEqual({ count: 1 })
    expect(await (await revoke('r1')).json()).toEqual({ count: 1 })
    expect(await (await revoke('r2')).json()).toEqual({ count: 0 })
    expect((await ask('GET', '/v1/me', stolen)).status).toBe(401)
  })

  it('an expired token is dead', async () => {
    const token = await relay.addToken('Ирина', 'operator')
    await sql`update token set expires_at = now() - interval '1 second' where id = ${idOf(token)}`.execute(
      database.db,
    )
    expect((await ask('GET', '/v1/me', token)).status).toBe(401)
  })

  it('who is made inactive has no token any more, even after coming back', async () => {
    const token = await relay.addToken('Ирина', 'operator')
    const path = `/v1/people/${await personOf(token)}`
    expect((await ask('PATCH', path, tokens.coordinator, { isActive: false })).status).toBe(200)
    expect((await ask('GET', '/v1/me', token)).status).toBe(401)
    expect((await ask('PATCH', path, tokens.coordinator, { isActive: true })).status).toBe(200)
    expect((await ask('GET', '/v1/me', token)).status).toBe(401)
  })

  it('an unknown id, a wrong secret and a revoked token cost the same work', async () => {
    const { db } = database
    const revoked = await relay.addToken('Ирина', 'operator')
    await ask('DELETE', `/v1/tokens/${idOf(revoked)}`, tokens.admin)
    const { findCallerWithAccess } = await import('./tokens/token-store.ts')
    const tried = [
      `prz_000000000000_${'A'.repeat(43)}`,
      `prz_${idOf(tokens.admin)}_${'A'.repeat(43)}`,
      revoked,
    ]
    const queries: string[][] = []
    for (const token of tried) {
      const seen: string[] = []
      const watched = db.withPlugin({
        transformQuery: ({ node }) => {
          seen.push(node.kind)
          return node
        },
        transformResult: async ({ result }) => result,
      })
      expect(await findCallerWithAccess(watched, token)).toBeNull()
      queries.push(seen)
    }
    expect(queries).toEqual(Array(3).fill(queries[0]))
    expect(queries[0]?.length).toBeGreaterThan(0)
  })

  it('lists tell when a token was used last, and no secret', async () => {
    const text = await (await ask('GET', '/v1/tokens', tokens.coordinator)).text()
    const listed = JSON.parse(text).tokens.find(
      ({ id }: { id: string }) => id === idOf(tokens.coordinator),
    )
    expect(listed.lastUsedAt).toMatch(/^\d{4}-/)
    for (const token of Object.values(tokens)) expect(text).not.toContain(token.slice(17))
  })

  it('trials without a valid token are slowed down by address; a valid token passes meanwhile', async () => {
    const statuses = new Set<number>()
    let retryAfter: string | null = null
    for (let count = 0; count < 70; count++) {
      const response = await ask('GET', '/v1/me', `prz_000000000000_${'B'.repeat(43)}`)
      statuses.add(response.status)
      retryAfter = response.headers.get('retry-after')
    }
    expect([...statuses].sort()).toEqual([401, 429])
    expect(Number(retryAfter)).toBeGreaterThan(0)
    expect((await ask('GET', '/v1/me', tokens.operator)).status).toBe(200)
    const audit = await (await ask('GET', '/v1/audit', tokens.admin)).text()
    expect(audit.match(/sign_in\.failures/g)).toHaveLength(1)
  })
})

describe('roles', () => {
  it.each([
    ['operator', 'POST', '/v1/pairing-codes', { name: 'X', role: 'operator' }],
    ['operator', 'GET', '/v1/people', undefined],
    ['operator', 'GET', '/v1/tokens', undefined],
    ['quality', 'POST', '/v1/messages', requestFixture()],
    ['quality', 'GET', '/v1/softphone', undefined],
    ['coordinator', 'GET', '/v1/audit', undefined],
    ['coordinator', 'PUT', '/v1/access', { role: 'operator', masksPhones: false, mayExport: true }],
    ['coordinator', 'POST', '/v1/pairing-codes', { name: 'X', role: 'admin' }],
    ['coordinator', 'POST', '/v1/pairing-codes', { name: 'X', role: 'technician' }],
  ] as const)('%s may not %s %s', async (role, method, path, body) => {
    const response = await ask(method, path, tokens[role], body)
    expect(response.status).toBe(403)
    expect(await codeOf(response)).toBe('forbidden')
  })

  it('nobody gives themselves a higher role, or acts upon somebody above', async () => {
    const self = await personOf(tokens.coordinator)
    const admin = await personOf(tokens.admin)
    for (const [method, path, body] of [
      ['PATCH', `/v1/people/${self}`, { role: 'admin' }],
      ['PATCH', `/v1/people/${admin}`, { isActive: false }],
      ['DELETE', `/v1/people/${admin}/tokens`, undefined],
      ['DELETE', `/v1/tokens/${idOf(tokens.admin)}`, undefined],
      ['PUT', `/v1/people/${admin}/softphone`, { account }],
      ['POST', '/v1/pairing-codes', { personId: admin }],
    ] as const) {
      expect((await ask(method, path, tokens.coordinator, body)).status, path).toBe(403)
    }
    expect((await ask('GET', '/v1/me', tokens.admin)).status).toBe(200)
  })
})

describe('pairing', () => {
  it('a code is traded for a token once', async () => {
    const code = await pairingCode({ name: 'Марія', role: 'operator' })
    const paired = await ask('POST', '/v1/pairings', null, { code: code.toLowerCase() })
    expect(paired.status).toBe(201)
    const { token } = await paired.json()
    const me = await (await ask('GET', '/v1/me', token)).json()
    expect(me).toMatchObject({ name: 'Марія', role: 'operator' })
    const again = await ask('POST', '/v1/pairings', null, { code })
    expect(again.status).toBe(410)
    expect(await codeOf(again)).toBe('pairing_code_used')
  })

  it('of two who trade the same code at once, one gets a token', async () => {
    const code = await pairingCode({ name: 'Марія', role: 'operator' })
    const both = await Promise.all([1, 2].map(() => ask('POST', '/v1/pairings', null, { code })))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410])
  })

  it('an expired code is told so', async () => {
    const code = await pairingCode({ name: 'Марія', role: 'operator' })
    await sql`update pairing_code set expires_at = now()`.execute(database.db)
    expect(await codeOf(await ask('POST', '/v1/pairings', null, { code }))).toBe(
      'pairing_code_expired',
    )
  })

  it('a code gives no role that its person got later', async () => {
    const token = await relay.addToken('Марія', 'operator')
    const personId = await personOf(token)
    const code = await pairingCode({ personId })
    await ask('PATCH', `/v1/people/${personId}`, tokens.admin, { role: 'admin' })
    expect((await ask('POST', '/v1/pairings', null, { code })).status).toBe(410)
  })

  it('a repeated request for a code gets the same code, which is stored nowhere', async () => {
    const body = { name: 'Марія', role: 'operator' }
    const [one, two] = await Promise.all(
      [1, 2].map(async () =>
        (await ask('POST', '/v1/pairing-codes', tokens.coordinator, body, 'same-code')).json(),
      ),
    )
    expect(one).toEqual(two)
    const { rows } = await sql<{ text: string }>`select answer::text as text
      from idempotency_record`.execute(database.db)
    expect(rows.map(({ text }) => text).join()).not.toContain(one.code)
  })

  it('after a new pairing the same request under the same key sends no second SMS', async () => {
    const first = await relay.addToken('Олена', 'operator')
    const sent = await (
      await ask('POST', '/v1/messages', first, requestFixture(), 'outbox-1')
    ).json()
    const code = await pairingCode({ personId: await personOf(first) })
    const { token } = await (await ask('POST', '/v1/pairings', null, { code })).json()
    const again = await ask('POST', '/v1/messages', token, requestFixture(), 'outbox-1')
    expect(await again.json()).toEqual(sent)
  })

  it('guessing is stopped', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 15; count++) {
      statuses.push((await ask('POST', '/v1/pairings', null, { code: 'ZZZZZZZZ' })).status)
    }
    expect(statuses[0]).toBe(404)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('other people’s things', () => {
  it('a SIP account goes to its person only, and lies in the database unreadable', async () => {
    const personId = await personOf(tokens.operator)
    const path = `/v1/people/${personId}/softphone`
    expect((await ask('PUT', path, tokens.technician, { account })).status).toBe(200)
    const mine = await ask('GET', '/v1/softphone', tokens.operator)
    expect(await mine.json()).toEqual({ account })
    expect(mine.headers.get('cache-control')).toBe('no-store')
    const theirs = await ask('GET', '/v1/softphone', tokens.sales_rep)
    expect(await theirs.json()).toEqual({ account: null })
    const people = await (await ask('GET', '/v1/people', tokens.technician)).text()
    expect(people).not.toContain(account.password)
    expect(
      RelayPeople.parse(JSON.parse(people)).people.find(({ id }) => id === personId),
    ).toMatchObject({ hasSoftphone: true })
    const kept = await database.db.selectFrom('softphone_account').selectAll().execute()
    const records = await database.db.selectFrom('idempotency_record').select('answer').execute()
    const audit = await database.db.selectFrom('audit_event').select('content').execute()
    expect(JSON.stringify([kept, records, audit]) + log).not.toContain(account.password)
  })

  it('a message of another campaign is refused, and another person’s message does not exist', async () => {
    const operator = await relay.addToken('Олена', 'operator')
    const other = { ...requestFixture(), campaign: { id: 'another', version: 1 } }
    expect((await ask('POST', '/v1/messages', operator, other)).status).toBe(404)
    const sent = await (await ask('POST', '/v1/messages', operator, requestFixture())).json()
    expect((await ask('GET', `/v1/messages/${sent.id}`, tokens.sales_rep)).status).toBe(404)
  })

  it('a person’s messages of one day end with the quota, also under a second token', async () => {
    const operator = await relay.addToken('Олена', 'operator')
    const code = await pairingCode({ personId: await personOf(operator) }, tokens.admin)
    expect(code).toMatch(/^\w{4}-\w{4}$/)
    const statuses: number[] = []
    for (let count = 0; count < 4; count++) {
      const response = await ask('POST', '/v1/messages', operator, requestFixture())
      statuses.push(response.status)
      if (response.status === 429) {
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      }
    }
    expect(statuses).toEqual([202, 202, 202, 429])
  })
})

describe('requests', () => {
  it.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/v1/messages/..%2f..%2f..%2fetc%2fpasswd',
    '/v1/people/%00',
    '/v1/tokens/..%5c..%5c',
  ])('the path %s leads nowhere', async (path) => {
    const response = await raw(
      `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${tokens.admin}\r\nconnection: close\r\n\r\n`,
    )
    expect(response).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(response).not.toContain('root:')
  })

  it('a header in a value does not become a header', async () => {
    const response = await ask('POST', '/v1/pairings', null, { code: 'A\r\nset-cookie: a=b' })
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.status).toBeGreaterThanOrEqual(400)
  })

  it('a body that is too large is refused by its length, before it is sent', async () => {
    const response = await raw(
      `POST /v1/pairings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n{`,
    )
    expect(response).toMatch(/^HTTP\/1\.1 413 /)
  })

  it.each([
    ['headers', 'POST /v1/pairings HTTP/1.1\r\nhost: x\r\nx-slow: '],
    [
      'a body',
      'POST /v1/pairings HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{',
    ],
  ])('who sends %s and never ends them is cut off', async (_name, start) => {
    // Resolves only when the relay closes the connection.
    expect(await raw(start)).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('a page inside the private network is asked for by extensions only', async () => {
    const asked = (origin: string) =>
      fetch(`${relay.address}/v1/me`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-private-network': 'true',
        },
      })
    const name = 'access-control-allow-private-network'
    const own = await asked('chrome-extension://abcdefghijklmnopabcdefghijklmnop')
    expect(own.headers.get(name)).toBe('true')
    expect((await asked('https://portal.example')).headers.get(name)).toBeNull()
  })

  it('addresses in a request are kept and passed on, never called (SSRF)', async () => {
    let calls = 0
    const trap = createHttpServer((_, response) => {
      calls += 1
      response.end()
    })
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve))
    const bound = trap.address()
    const host = typeof bound === 'object' && bound ? `127.0.0.1:${bound.port}` : ''
    const operator = await relay.addToken('Олена', 'operator')
    const card = { ...requestFixture().card, portal: `http://${host}` }
    const sent = await ask('POST', '/v1/messages', operator, { ...requestFixture(), card })
    expect(sent.status).toBe(202)
    const path = `/v1/people/${await personOf(operator)}/softphone`
    const set = await ask('PUT', path, tokens.admin, {
      account: { ...account, server: `wss://${host}` },
    })
    expect(set.status).toBe(200)
    await ask('GET', '/v1/softphone', operator)
    const { id } = await sent.json()
    await ask('GET', `/v1/messages/${id}?waitSeconds=5&since=queued`, operator)
    await new Promise((resolve) => trap.close(resolve))
    expect(calls).toBe(0)
  })
})

/** Everything that the relay answers until it closes the connection. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(relay.address)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk
      if (/^HTTP\/1\.1 413/.test(answer)) socket.destroy()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
