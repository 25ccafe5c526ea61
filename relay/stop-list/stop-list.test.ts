import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Consent } from '../../lib/contracts/relay-stop-desk.ts'
import {
  SignedStopListCopy,
  StopEntry,
  StopListCopy,
  StopListEntries,
  type StopListRequest,
} from '../../lib/contracts/relay-stop-list.ts'
import { Role } from '../../lib/contracts/role.ts'
import { type KannelReceiver, startKannelReceiver } from '../../test/gateways/kannel-receiver.ts'
import { relayClient } from '../../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { query } from '../../test/support/databases.ts'
import { publicKeys } from '../campaigns/signing-keys.ts'
import { type Cluster, openCluster } from '../database/embedded/cluster.ts'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import { createLog } from '../log.ts'
import { erasePerson } from '../privacy/erase.ts'
import { type Relay, startRelay } from '../relay.ts'
import { hashSubject } from './copy.ts'

let folder: string
let cluster: Cluster
let kannel: KannelReceiver
let one: Relay
let two: Relay
let database: OpenDatabase
const tokens = {} as Record<Role, string>

beforeAll(async () => {
  folder = await temporaryFolder('stop-list')
  kannel = await startKannelReceiver({ username: 'prozvon', password: 'kannel-secret' })
  cluster = await openCluster({ folder, sharing: 'exclusive', log: createLog('silent') })
  const options = {
    database: { url: cluster.url },
    campaigns: [campaignFixture],
    kannel: { url: kannel.url, username: 'prozvon', password: 'kannel-secret', from: 'Prozvon' },
    ratePerMinute: 100_000,
    logLevel: 'silent',
  } as const
  one = await startRelay(options)
  two = await startRelay(options)
  database = await openDatabase({ url: cluster.url }, createLog('silent'), 'shared')
  for (const role of Role.options) tokens[role] = await one.addToken(role, role)
}, 120_000)

afterAll(async () => {
  await one?.close()
  await two?.close()
  await database?.close()
  await cluster?.close()
  await kannel?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

interface Ask {
  role?: Role
  relay?: Relay
  key?: string
  body?: unknown
  headers?: Record<string, string>
}

function ask(method: string, path: string, { role = 'admin', relay = one, ...more }: Ask = {}) {
  const { key = randomUUID(), body, headers } = more
  return fetch(`${relay.address}/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens[role]}`,
      'idempotency-key': key,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

let numbers = 0
/** A number that no other test has. */
const newNumber = () => `+38067${String(1_000_000 + ++numbers)}`

function cause(value: string, change: Partial<StopListRequest> = {}): StopListRequest {
  return {
    subjects: [{ kind: 'phone', value }],
    scope: { kind: 'global' },
    channel: 'all',
    term: { kind: 'permanent' },
    source: 'client',
    words: 'Удалите наш номер',
    ...change,
  }
}

async function added(value: string, change: Partial<StopListRequest> = {}): Promise<StopEntry> {
  const response = await ask('POST', 'stop-list/entries', { body: cause(value, change) })
  if (response.status !== 201) throw new Error(await response.text())
  const [entry] = StopListEntries.parse(await response.json()).entries
  if (!entry) throw new Error('no entry')
  return entry
}

const codeOf = async (response: Response) => RelayProblem.parse(await response.json()).code

const reverse = (id: string, more: Ask = {}) =>
  ask('POST', `stop-list/entries/${id}/reversal`, { body: { reason: 'Ошибка' }, ...more })

async function stopsOf(value: string, more: object = {}): Promise<StopEntry[]> {
  const checks = [{ subjects: [{ kind: 'phone', value }], channel: 'call', ...more }]
  const response = await ask('POST', 'stop-list/check', { body: { checks }, relay: two })
  return (await response.json()).answers[0].stops
}

describe('an entry', () => {
  it('made at one relay bars at the other at once', async () => {
    const number = newNumber()
    const entry = await added(number)
    expect(entry).toMatchObject({ enteredBy: 'admin', reversal: null, words: 'Удалите наш номер' })
    expect(await stopsOf(number)).toEqual([entry])
  })

  it('is one when its request is repeated at both relays at the same time', async () => {
    const number = newNumber()
    const key = randomUUID()
    const answers = await Promise.all(
      [one, two, one, two].map(async (relay) => {
        const body = cause(number)
        return (await ask('POST', 'stop-list/entries', { body, key, relay })).json()
      }),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await stopsOf(number)).toHaveLength(1)
  })

  it('is found however its address or company was written', async () => {
    const name = `ромашка ${randomUUID()}`
    await added('', {
      subjects: [
        { kind: 'mail', value: 'Info@Romashka.Test' },
        { kind: 'company', value: `name:ТОВ «${name.toUpperCase()}»` },
      ],
    })
    const checks = [
      { subjects: [{ kind: 'mail', value: 'INFO@romashka.test' }], channel: 'mail' },
      { subjects: [{ kind: 'company', value: `name:${name}, ООО` }], channel: 'call' },
    ]
    const response = await ask('POST', 'stop-list/check', { body: { checks } })
    const { answers } = await response.json()
    expect(answers.map(({ stops }: { stops: unknown[] }) => stops.length)).toEqual([1, 1])
  })

  it('holds in its scope only', async () => {
    const number = newNumber()
    await added(number, { scope: { kind: 'customer', id: 'Заказчик' } })
    expect(await stopsOf(number)).toEqual([])
    expect(await stopsOf(number, { customerId: 'Заказчик' })).toHaveLength(1)
  })

  it('about nothing that can be a subject is refused, and nothing of its request is kept', async () => {
    const number = newNumber()
    const subjects = [
      { kind: 'phone', value: number },
      { kind: 'mail', value: 'no address' },
    ]
    const body = { ...cause(number), subjects }
    const response = await ask('POST', 'stop-list/entries', { body })
    expect(response.status).toBe(400)
    expect(await stopsOf(number)).toEqual([])
  })

  it('can neither be changed nor deleted, not even in the database; its words can be blanked', async () => {
    const { id } = await added(newNumber())
    const url = cluster.url
    for (const change of [
      `delete from stop_entry where id = '${id}'`,
      `truncate stop_entry cascade`,
      `update stop_entry set channel = 'sms' where id = '${id}'`,
      `update stop_entry set words = 'другое' where id = '${id}'`,
      `update stop_entry set words = '', scope_kind = 'global', source = 'import' where id = '${id}'`,
    ]) {
      await expect(query(url, change), change).rejects.toThrow('append-only')
    }
    await query(url, `update stop_entry set words = '' where id = '${id}'`)
  })
})

describe('a reversal', () => {
  it('lifts the bar and leaves its trace', async () => {
    const number = newNumber()
    const { id } = await added(number)
    const reversed = StopEntry.parse(await (await reverse(id)).json())
    expect(reversed.reversal).toMatchObject({ by: 'admin', reason: 'Ошибка' })
    expect(await stopsOf(number)).toEqual([])
    const trace = await (await ask('GET', `stop-list/entries/${id}`)).json()
    expect(trace.decisions).toMatchObject([{ decision: 'reversed', by: 'admin', reason: 'Ошибка' }])
    const audit = await (await ask('GET', 'audit')).text()
    expect(audit).toContain(`stop_entry:${id}`)
    expect(audit).not.toContain(number.slice(1))
  })

  it('happens once when both relays are asked at the same time', async () => {
    const { id } = await added(newNumber())
    const answers = await Promise.all([one, two].map((relay) => reverse(id, { relay })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('needs a reason, and an entry', async () => {
    const { id } = await added(newNumber())
    expect((await reverse(id, { body: { reason: ' ' } })).status).toBe(400)
    expect((await reverse(randomUUID())).status).toBe(404)
  })
})

describe('a review', () => {
  const review = (id: string, decision: string) =>
    ask('POST', `stop-list/entries/${id}/review`, { body: { decision, reason: 'Прослушано' } })
  const queued = async () =>
    (await (await ask('GET', 'stop-list/reviews?limit=500')).json()).entries.map(
      ({ id }: StopEntry) => id,
    )

  it('that keeps the entry makes it permanent', async () => {
    const number = newNumber()
    const { id } = await added(number, { term: { kind: 'until_reviewed' } })
    expect(await queued()).toContain(id)
    expect(await (await review(id, 'keep')).json()).toMatchObject({ term: { kind: 'permanent' } })
    expect(await queued()).not.toContain(id)
    expect(await stopsOf(number)).toHaveLength(1)
    expect((await review(id, 'reverse')).status).toBe(409)
    expect((await reverse(id)).status).toBe(200)
  })

  it('that reverses it lets the client be contacted', async () => {
    const number = newNumber()
    const { id } = await added(number, { term: { kind: 'until_reviewed' } })
    expect((await review(id, 'reverse')).status).toBe(200)
    expect(await stopsOf(number)).toEqual([])
    expect(await queued()).not.toContain(id)
  })

  it('is refused for an entry that waits for none', async () => {
    const { id } = await added(newNumber())
    expect(await codeOf(await review(id, 'keep'))).toBe('conflict')
  })
})

describe('a message', () => {
  const send = (change: object = {}) =>
    relayClient(one.address, tokens.operator).send(requestFixture(change), randomUUID())

  it.each<[string, Partial<StopListRequest>, number]>([
    ['everything', {}, 409],
    ['SMS', { channel: 'sms' }, 409],
    ['calls only', { channel: 'call' }, 202],
    ['its campaign', { scope: { kind: 'campaign', id: 'relay-fixture' } }, 409],
    ['another campaign', { scope: { kind: 'campaign', id: 'other' } }, 202],
    ['its customer', { scope: { kind: 'customer', id: 'Заказчик' } }, 409],
    ['another customer', { scope: { kind: 'customer', id: 'Другой' } }, 202],
    ['the past', { term: { kind: 'until', until: '2026-01-01T00:00:00Z' } }, 202],
  ])('to a number barred for %s is answered (%o) %i', async (_, change, status) => {
    const to = newNumber()
    await added(to, change)
    const response = await send({ to })
    expect(response.status).toBe(status)
    if (status === 409) expect(await codeOf(response)).toBe('on_stop_list')
  })

  it.each(['bitrix24:77', 'name:приклад'])('to the company %s is refused', async (value) => {
    const { id } = await added('', { subjects: [{ kind: 'company', value }] })
    const card = { portal: 'https://portal.example', kind: 'company' as const, id: 77 }
    expect((await send({ to: newNumber(), card })).status).toBe(409)
    await reverse(id)
    expect((await send({ to: newNumber(), card })).status).toBe(202)
  })

  it('accepted before the entry is not submitted after it', async () => {
    const to = newNumber()
    kannel.faults.intake = 'down'
    const client = relayClient(one.address, tokens.operator)
    const { id } = await client.sent(requestFixture({ to }), randomUUID())
    await client.until(id, ({ detail }) => detail === 'gateway_busy')
    await added(to)
    kannel.faults.intake = 'ok'
    const end = await client.until(id, ({ state }) => state === 'failed' || state === 'delivered')
    expect(end).toMatchObject({ state: 'failed', detail: 'on_stop_list' })
    expect(kannel.received.filter((sms) => sms.to === to)).toEqual([])
  }, 30_000)
})

describe('the copy', () => {
  async function copy(path = '', headers = {}) {
    const response = await ask('GET', `stop-list/copy${path}`, { role: 'operator', headers })
    if (response.status === 304) return null
    const { envelope } = SignedStopListCopy.parse(await response.json())
    const { kid } = decodeProtectedHeader(envelope)
    const jwk = (await publicKeys(database.db)).find((key) => key.kid === kid)
    const { payload, protectedHeader } = await compactVerify(
      envelope,
      await importJWK(Object(jwk), 'ES256'),
    )
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'prozvon-stop-list+jws' })
    const tag = response.headers.get('etag') ?? ''
    return { ...StopListCopy.parse(JSON.parse(new TextDecoder().decode(payload))), tag }
  }

  async function held() {
    const whole = await copy()
    if (!whole) throw new Error('no copy')
    return { ...whole, path: `?since=${whole.version}&salt=${whole.salt}` }
  }

  it('names subjects by salted hashes only, and leaves out what is over', async () => {
    const number = newNumber()
    const entry = await added(number)
    const past = await added(number, { term: { kind: 'until', until: '2026-01-01T00:00:00Z' } })
    const { entries, salt } = await held()
    const found = entries.find(({ id }) => id === entry.id)
    const wanted = hashSubject(Buffer.from(salt, 'base64url'), entry.subject)
    expect(found).toMatchObject({ subject: wanted, kind: 'phone', channel: 'all' })
    expect(entries.map(({ id }) => id)).not.toContain(past.id)
    expect(JSON.stringify(entries)).not.toContain(number.slice(1))
  })

  it('since a version holds what is new, changed and reversed, and nothing else', async () => {
    const kept = await added(newNumber(), { term: { kind: 'until_reviewed' } })
    const gone = await added(newNumber())
    const { path, version } = await held()
    const fresh = await added(newNumber())
    const body = { decision: 'keep', reason: 'Да' }
    await ask('POST', `stop-list/entries/${kept.id}/review`, { body, relay: two })
    await reverse(gone.id, { relay: two })
    const delta = await copy(path)
    expect(delta).toMatchObject({ since: version, version: version + 3, removed: [gone.id] })
    expect(delta?.entries.map(({ id, term }) => [id, term.kind])).toEqual([
      [kept.id, 'permanent'],
      [fresh.id, 'permanent'],
    ])
  })

  it('is not sent again while nothing has changed', async () => {
    const { tag, path } = await held()
    expect(await copy(path, { 'if-none-match': tag })).toBeNull()
    await added(newNumber())
    expect(await copy(path, { 'if-none-match': tag })).toMatchObject({ entries: [{}] })
  })

  it.each([
    ['another salt', (version: number) => `?since=${version}&salt=${'A'.repeat(22)}`],
    ['a version to come', (version: number, salt: string) => `?since=${version + 9}&salt=${salt}`],
  ])('is whole for whoever holds %s', async (_, path) => {
    const { version, salt } = await held()
    expect(await copy(path(version, salt))).toMatchObject({ since: null })
  })
})

describe('roles', () => {
  const id = '00000000-0000-4000-8000-000000000001'
  const use: Role[] = ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'admin']
  const keep: Role[] = ['coordinator', 'head_of_sales', 'admin']
  it.each<[string, string, readonly Role[]]>([
    ['POST', 'stop-list/entries', use],
    ['POST', 'stop-list/check', use],
    ['GET', 'stop-list/copy', use],
    ['POST', 'consents', use],
    ['GET', 'stop-list/entries', [...keep, 'quality']],
    ['GET', 'stop-list/reviews', [...keep, 'quality']],
    ['POST', `stop-list/entries/${id}/reversal`, keep],
    ['POST', `stop-list/entries/${id}/review`, keep],
    ['POST', 'stop-list/import', keep],
    ['GET', 'stop-list/export.csv', keep],
  ])('%s %s is for those whose work needs it', async (method, path, allowed) => {
    for (const role of Role.options) {
      const body = method === 'POST' ? { body: {} } : {}
      const { status } = await ask(method, path, { role, ...body })
      expect(status === 403, role).toBe(!allowed.includes(role))
    }
  })

  it('an operator enters what clients say, no papers', async () => {
    const body = cause(newNumber(), { source: 'regulator' })
    expect((await ask('POST', 'stop-list/entries', { role: 'operator', body })).status).toBe(403)
  })

  it('who sees no numbers gets them masked, and finds them whole only', async () => {
    const number = newNumber()
    await added(number)
    const search = async (text: string) => {
      const path = `stop-list/entries?search=${encodeURIComponent(text)}`
      return (await ask('GET', path, { role: 'quality' })).text()
    }
    expect(await search(number.slice(2, -1))).toBe('{"entries":[],"next":null}')
    const whole = await search(number)
    expect(whole).toContain('*** **')
    expect(whole).not.toContain(number.slice(1))
  })

  it('a role barred from exports exports nothing', async () => {
    const access = (mayExport: boolean) =>
      ask('PUT', 'access', { body: { role: 'head_of_sales', masksPhones: false, mayExport } })
    await access(false)
    expect((await ask('GET', 'stop-list/export.csv', { role: 'head_of_sales' })).status).toBe(403)
    await access(true)
    expect((await ask('GET', 'stop-list/export.csv', { role: 'head_of_sales' })).status).toBe(200)
  })
})

describe('the list', () => {
  it('is paged without gaps while entries come in', async () => {
    const words = `page ${randomUUID()}`
    const made: string[] = []
    for (let count = 0; count < 5; count++) made.push((await added(newNumber(), { words })).id)
    const seen: string[] = []
    let next = ''
    do {
      const path = `stop-list/entries?limit=2&search=${encodeURIComponent(words)}${next}`
      const page = await (await ask('GET', path)).json()
      seen.push(...page.entries.map(({ id }: StopEntry) => id))
      next = page.next ? `&cursor=${page.next}` : ''
      await added(newNumber(), { words })
    } while (next !== '')
    expect(seen).toEqual(made.reverse())
  })

  it('finds by part of a number, by state and by scope', async () => {
    const number = newNumber()
    const { id } = await added(number, { scope: { kind: 'campaign', id: 'c-1' } })
    const find = async (filters: string) =>
      (await (await ask('GET', `stop-list/entries?search=${number.slice(4)}&${filters}`)).json())
        .entries.length
    expect(await find('scope=campaign:c-1')).toBe(1)
    expect(await find('scope=global')).toBe(0)
    await reverse(id)
    expect(await find('state=in_force')).toBe(0)
    expect(await find('state=reversed')).toBe(1)
  })
})

describe('a consent', () => {
  it('is on record, and its withdrawal bars the subject, once', async () => {
    const value = newNumber()
    const body = {
      subject: { kind: 'phone', value },
      scope: { kind: 'global' },
      channel: 'sms',
      basis: 'consent',
      words: 'Да, присылайте',
      givenAt: '2026-03-04T10:00:00Z',
    }
    const made: Consent = await (await ask('POST', 'consents', { body, role: 'operator' })).json()
    expect(made).toMatchObject({ ...body, givenAt: '2026-03-04T10:00:00.000Z', withdrawal: null })
    const withdraw = (relay: Relay) =>
      ask('POST', `consents/${made.id}/withdrawal`, { body: { words: 'Не надо' }, relay })
    const answers = await Promise.all([withdraw(one), withdraw(two)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await stopsOf(value, { channel: 'sms' })).toHaveLength(1)
    expect(await stopsOf(value)).toEqual([])
    const path = `consents?kind=phone&value=${encodeURIComponent(value)}`
    expect((await (await ask('GET', path)).json()).consents).toMatchObject([
      { id: made.id, withdrawal: { words: 'Не надо' } },
    ])
  })
})

it('an erasure leaves the bare subject and takes what was said of it', async () => {
  const number = newNumber()
  const { id } = await added(number, { words: 'Олена просила не дзвонити' })
  await erasePerson(database.db, { kind: 'phone', value: number }, 'admin')
  const [entry, ...more] = await stopsOf(number)
  expect(more).toEqual([])
  expect(entry).toMatchObject({ id, words: '' })
})
