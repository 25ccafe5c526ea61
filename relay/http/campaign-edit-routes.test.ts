import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import {
  CampaignDifference,
  CampaignDraft,
  CampaignSummaries,
  CampaignSummary,
  CampaignVersionDocument,
  RelayCampaigns,
  RelayKeys,
} from '../../lib/contracts/relay-campaigns.ts'
import { Role } from '../../lib/contracts/role.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { type Relay, startRelay } from '../relay.ts'

let folder: string
let relay: Relay
const tokens = new Map<Role, string>()
beforeAll(async () => {
  folder = await temporaryFolder('campaign-routes')
  relay = await startRelay({
    database: { folder },
    campaigns: [campaignFixture],
    ratePerMinute: 10_000,
    logLevel: 'silent',
  })
  for (const role of Role.options) tokens.set(role, await relay.addToken(role, role))
}, 120_000)
afterAll(async () => {
  await relay?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

interface Wish {
  as?: Role
  body?: unknown
  stamp?: string
  key?: string | null
  headers?: Record<string, string>
}
function ask(method: string, path: string, wish: Wish = {}): Promise<Response> {
  const { as = 'coordinator', body, stamp, key = randomUUID(), headers } = wish
  return fetch(`${relay.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(as)}`,
      ...(key !== null && { 'idempotency-key': key }),
      ...(stamp !== undefined && { 'if-match': `"${stamp}"` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}
const problemOf = async (response: Response) => RelayProblem.parse(await response.json())

/** A new campaign for each test, published once. */
let id: string
let path: string
let count = 0
beforeEach(async () => {
  count += 1
  id = `of-test-${count}`
  path = `/v1/campaigns/${id}`
  const { stamp } = await putDraft({})
  expect((await publish(stamp)).status).toBe(201)
})

async function putDraft(change: object, wish: Wish = {}): Promise<CampaignDraft> {
  const document = { ...campaignFixture, ...change }
  const response = await ask('PUT', `${path}/draft`, { ...wish, body: { document } })
  if (!response.ok) throw new Error(await response.text())
  const draft = CampaignDraft.parse(await response.json())
  expect(response.headers.get('etag')).toBe(`"${draft.stamp}"`)
  return draft
}
const publish = (stamp: string, wish: Wish = {}) =>
  ask('POST', `${path}/publish`, { stamp, body: { note: 'почему' }, ...wish })

describe('what operators get', () => {
  it('is the newest version of each, signed, and 304 while nothing has changed', async () => {
    const first = await ask('GET', '/v1/campaigns', { as: 'operator' })
    const { campaigns } = RelayCampaigns.parse(await first.json())
    expect(campaigns.map((one) => [one.id, one.version])).toContainEqual([id, 1])
    const etag = first.headers.get('etag') ?? ''
    const asBefore = (tag: string) =>
      ask('GET', '/v1/campaigns', { as: 'operator', headers: { 'if-none-match': tag } })
    expect((await asBefore(etag)).status).toBe(304)
    expect((await asBefore(`W/${etag}`)).status).toBe(304)

    await publish((await putDraft({ title: 'Вторая' })).stamp)
    expect((await asBefore(etag)).status).toBe(200)
  })

  it('is checked by keys that anybody may read, without their secret halves', async () => {
    const text = await (await fetch(`${relay.address}/v1/keys`)).text()
    expect(RelayKeys.parse(JSON.parse(text)).keys).toHaveLength(1)
    expect(text).not.toContain('"d"')
  })
})

it('an extension may send and read the tags, a page of the web may not', async () => {
  const preflight = (origin: string) =>
    fetch(`${relay.address}/v1/campaigns`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,if-match,if-none-match,idempotency-key',
      },
    })
  const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop'
  const { headers } = await preflight(extension)
  expect(headers.get('access-control-allow-origin')).toBe(extension)
  expect(headers.get('access-control-allow-headers')).toContain('if-none-match')
  expect(headers.get('access-control-allow-methods')).toContain('PUT')
  const page = await preflight('https://evil.example')
  expect(page.headers.get('access-control-allow-origin')).toBeNull()
  const own = await ask('GET', '/v1/campaigns', { headers: { origin: extension } })
  expect(own.headers.get('access-control-expose-headers')).toContain('etag')
})

describe('who may do what', () => {
  const editors: Role[] = ['coordinator', 'admin']
  const readers: Role[] = [...editors, 'head_of_sales', 'quality']

  it.each(Role.options)('%s', async (as) => {
    const { stamp } = await putDraft({ title: 'Черновик' })
    const may = (roles: Role[], status: number) => (roles.includes(as) ? status : 403)
    const statusOf = async (...wish: Parameters<typeof ask>) => (await ask(...wish)).status

    expect(await statusOf('GET', '/v1/campaigns', { as })).toBe(200)
    expect(await statusOf('GET', `${path}/versions/1`, { as })).toBe(200)
    expect(await statusOf('GET', `${path}/difference?from=1&to=1`, { as })).toBe(200)
    expect(await statusOf('GET', `${path}/draft`, { as })).toBe(may(readers, 200))
    expect(await statusOf('GET', `${path}/difference?from=1&to=draft`, { as })).toBe(
      may(readers, 200),
    )
    expect(await statusOf('GET', `${path}/offer`, { as })).toBe(may(readers, 404))
    const summary = CampaignSummary.parse(await (await ask('GET', path, { as })).json())
    expect(summary.draft !== null).toBe(readers.includes(as))

    const rollback = { version: 1, newest: 1, note: '' }
    expect(await statusOf('POST', `${path}/rollback`, { as, body: rollback })).toBe(
      may(editors, 201),
    )
    expect(await statusOf('POST', `${path}/retire`, { as, body: { retired: false } })).toBe(
      may(editors, 204),
    )
    expect(await statusOf('POST', `${path}/offer`, { as, body: { take: true } })).toBe(
      may(editors, 404),
    )
    const body = { document: campaignFixture }
    expect(await statusOf('PUT', `${path}/draft`, { as, stamp, body })).toBe(may(editors, 200))
    const now = CampaignDraft.parse(await (await ask('GET', `${path}/draft`)).json()).stamp
    expect((await publish(now, { as })).status).toBe(may(editors, 409))
    expect(await statusOf('DELETE', `${path}/draft`, { as, stamp: now })).toBe(may(editors, 204))
  })

  it('a campaign that is only a draft is there for nobody but those who see drafts', async () => {
    const name = `draft-only-${count}`
    const body = { document: campaignFixture }
    await ask('PUT', `/v1/campaigns/${name}/draft`, { body })
    expect((await ask('GET', `/v1/campaigns/${name}`, { as: 'operator' })).status).toBe(404)
    const ids = async (as: Role) =>
      CampaignSummaries.parse(
        await (await ask('GET', '/v1/campaign-summaries', { as })).json(),
      ).campaigns.map((one) => one.id)
    expect(await ids('customer')).not.toContain(name)
    expect(await ids('quality')).toContain(name)
  })

  it('without a token nobody does anything', async () => {
    for (const [method, url] of [
      ['GET', '/v1/campaigns'],
      ['PUT', `${path}/draft`],
      ['POST', `${path}/publish`],
    ]) {
      expect((await fetch(`${relay.address}${url}`, { method: method ?? '' })).status).toBe(401)
    }
  })
})

describe('publishing', () => {
  it('is done once for a key, however often it is asked for', async () => {
    const { stamp } = await putDraft({ title: 'Один раз' })
    const key = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => publish(stamp, { key })))
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const { versions } = CampaignSummary.parse(await (await ask('GET', path)).json())
    expect(versions).toMatchObject([{ version: 2, note: 'почему' }, { version: 1 }])
  })

  it('needs a key, and the stamp of the draft that is meant', async () => {
    const { stamp } = await putDraft({})
    expect(await problemOf(await publish(stamp, { key: null }))).toMatchObject({
      code: 'idempotency_key_required',
    })
    const without = await ask('POST', `${path}/publish`, { body: { note: '' } })
    expect(await problemOf(without)).toMatchObject({ code: 'invalid' })
    expect((await publish('not-a-stamp')).status).toBe(400)
  })

  it('tells everything that is wrong with a broken one', async () => {
    const { stamp } = await putDraft({ title: '', scripts: [] })
    const refused = await publish(stamp)
    expect(refused.status).toBe(400)
    const { problems } = await problemOf(refused)
    expect(problems?.map(({ path }) => path)).toEqual(['title', 'scripts'])
  })

  it('tells the later of two editors what changed', async () => {
    const { stamp } = await putDraft({})
    await putDraft({ waitSeconds: 45 }, { stamp })
    const body = { document: campaignFixture }
    const late = await ask('PUT', `${path}/draft`, { as: 'admin', stamp, body })
    expect(late.status).toBe(409)
    expect(await problemOf(late)).toMatchObject({
      code: 'conflict',
      conflict: { editedBy: 'coordinator', changes: [{ path: 'waitSeconds', new: 45 }] },
    })
  })
})

it('tells the difference of two versions, and gives each of them back', async () => {
  await publish((await putDraft({ title: 'Вторая' })).stamp)
  const difference = await ask('GET', `${path}/difference?from=1&to=2`, { as: 'customer' })
  expect(CampaignDifference.parse(await difference.json()).changes).toEqual([
    { type: 'changed', path: 'title', place: ['title'], old: 'Fixture', new: 'Вторая' },
  ])
  const version = await ask('GET', `${path}/versions/1`, { as: 'operator' })
  expect(CampaignVersionDocument.parse(await version.json())).toMatchObject({
    version: 1,
    document: { ...campaignFixture, id, version: 1 },
  })
})

describe('what is asked for wrongly', () => {
  it.each([
    ['GET', '/v1/campaigns/none', 404],
    ['GET', '/v1/campaigns/..%2f..%2fetc', 400],
    ['GET', '/v1/campaigns/UPPER', 400],
    ['GET', '/v1/campaigns/relay-fixture/versions/99', 404],
    ['GET', '/v1/campaigns/relay-fixture/versions/0', 400],
    ['GET', '/v1/campaigns/relay-fixture/versions/1e9999', 400],
    ['GET', '/v1/campaigns/relay-fixture/difference?from=2&to=draft', 404],
    ['GET', '/v1/campaigns/relay-fixture/difference?from=2', 400],
  ])('%s %s → %i', async (method, url, status) => {
    const response = await ask(method, url)
    expect(response.status).toBe(status)
    await problemOf(response)
  })

  it('a document of more than a megabyte', async () => {
    const document = { ...campaignFixture, title: 'x'.repeat(1_100_000) }
    expect((await ask('PUT', `${path}/draft`, { body: { document } })).status).toBe(413)
  })

  it('a version number that no database knows', async () => {
    expect((await ask('GET', `${path}/versions/99999999999`)).status).toBe(400)
  })

  it.each(['a\u0000b', 'half \ud800'])('text that no database keeps: %j', async (title) => {
    const document = { ...campaignFixture, title }
    expect((await ask('PUT', `${path}/draft`, { body: { document } })).status).toBe(400)
    const { stamp } = await putDraft({})
    expect((await publish(stamp, { body: { note: title } })).status).toBe(400)
  })
})
