import { rm } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoggedAction, RelayActions } from '../../lib/contracts/relay-actions.ts'
import type { Role } from '../../lib/contracts/role.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { actionClient, actionFixture } from '../../test/support/action-fixture.ts'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import type { Database } from '../database/schema.ts'
import { createLog } from '../log.ts'
import { type Relay, startRelay } from '../relay.ts'
import { openCampaignTo } from './action-sight.ts'
import { erasePersonalOfActions } from './erase-personal.ts'

let folder: string
let database: OpenDatabase
let db: Kysely<Database>
let relay: Relay
let as: Record<Role, ReturnType<typeof actionClient>>
const people = {} as Record<Role, string>

const mine = { id: 'relay-fixture', version: 2 }
const other = { id: 'other', version: 1 }
const personal = { phone: '+380501234567', email: 'olena@example.com', text: '=comment' }
const minute = (n: number) => new Date(Date.UTC(2026, 2, 5, 9, n)).toISOString()
/** Ten actions, a minute apart: campaigns alternate, the even ones are calls with a number. */
const actions = Array.from({ length: 10 }, (_, n) =>
  actionFixture({
    at: minute(n),
    campaign: n % 2 === 0 ? mine : other,
    ...(n % 2 === 0 && { event: { kind: 'card.opened' }, personal }),
  }),
)

async function read(role: Role, query = ''): Promise<RelayActions> {
  const answer = await as[role].get(query)
  expect(answer.status).toBe(200)
  return RelayActions.parse(await answer.json())
}
const idsOf = (page: { actions: LoggedAction[] }) => page.actions.map(({ id }) => id)
const idsAt = (...places: number[]) => places.map((place) => actions[place]?.id)

beforeAll(async () => {
  folder = await temporaryFolder('read-actions')
  database = await openDatabase({ folder }, createLog('silent'), 'exclusive')
  db = database.db
  relay = await startRelay({
    database: { url: database.url },
    campaigns: [campaignFixture],
    ratePerMinute: 10_000,
    logLevel: 'silent',
  })
  const roles: Role[] = ['operator', 'sales_rep', 'coordinator', 'head_of_sales', 'quality']
  for (const role of [...roles, 'customer', 'technician', 'admin'] as Role[]) {
    const client = actionClient(relay.address, await relay.addToken(role, role))
    as = { ...as, [role]: client }
    const { id } = await db
      .selectFrom('person')
      .select('id')
      .where('name', '=', role)
      .executeTakeFirstOrThrow()
    people[role] = id
  }
  await openCampaignTo(db, people.customer, mine.id)
  await as.operator.post(actions)
}, 120_000)

afterAll(async () => {
  await relay?.close()
  await database?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

describe('GET /v1/actions', () => {
  it('pages back from the newest, and rows that come in meanwhile shift nothing', async () => {
    const first = await read('operator', '?limit=4')
    expect(idsOf(first)).toEqual(idsAt(9, 8, 7, 6))
    await as.operator.post([actionFixture({ at: minute(30) })])
    const second = await read('operator', `?limit=4&cursor=${first.next}`)
    expect(idsOf(second)).toEqual(idsAt(5, 4, 3, 2))
    const third = await read('operator', `?limit=4&cursor=${second.next}`)
    expect(idsOf(third)).toEqual(idsAt(1, 0))
    expect(third.next).toBeNull()
  })

  it('says everything of an action that was told, with both times', async () => {
    const [action] = (await read('operator', `?to=${minute(1)}`)).actions
    expect(action).toMatchObject({ ...actions[0], person: { name: 'operator' } })
    expect(Math.abs(action?.clockBehindMs ?? Infinity)).toBeLessThan(60_000)
  })

  it.each<[string, string, number[]]>([
    ['a campaign', '?campaign=other', [9, 7, 5, 3, 1]],
    ['a kind', '?kind=card.opened', [8, 6, 4, 2, 0]],
    ['several kinds', '?kind=card.opened,shift.started', [8, 6, 4, 2, 0]],
    ['a time', `?from=${minute(3)}&to=${minute(5)}`, [4, 3]],
    ['a card', '?card=https://portal.example|lead|12&kind=card.opened', [8, 6, 4, 2, 0]],
    ['another card', '?card=https://portal.example|lead|13', []],
  ])('filters by %s', async (_, query, places) => {
    const page = await read(
      'head_of_sales',
      `${query}${query.includes('to=') ? '' : `&to=${minute(20)}`}`,
    )
    expect(idsOf(page)).toEqual(idsAt(...places))
  })

  it.each<[Role, number]>([
    ['operator', 10],
    ['sales_rep', 0],
    ['customer', 5],
    ['technician', 10],
    ['coordinator', 10],
    ['head_of_sales', 10],
    ['quality', 10],
    ['admin', 10],
  ])('a %s sees %i of them', async (role, count) => {
    expect((await read(role, `?to=${minute(20)}`)).actions).toHaveLength(count)
  })

  it('a customer sees masked numbers, of his own campaigns only, even if he asks for another’s', async () => {
    const [action] = (await read('customer', `?to=${minute(1)}`)).actions
    expect(action?.personal).toEqual({
      phone: '+380…4567',
      email: 'o…@example.com',
      text: '=comment',
    })
    expect((await read('customer', '?campaign=other')).actions).toEqual([])
  })

  it('a technician sees no personal data', async () => {
    const [action] = (await read('technician', `?to=${minute(1)}`)).actions
    expect(action?.personal).toEqual({ phone: null, email: null, text: null })
  })

  it.each(['?cursor=x', '?cursor=r1.1', '?limit=0', '?kind=made.up', '?order=oldest'])(
    'refuses %s',
    async (query) => expect((await as.admin.get(query)).status).toBe(400),
  )
})

describe('following the log', () => {
  it('waits for a transaction that is under way, so that nothing is skipped', async () => {
    const late = new pg.Client({ connectionString: database.url })
    await late.connect()
    try {
      let cursor = (await read('admin', '?order=received&limit=500')).next
      const follow = async () => {
        const page = await read('admin', `?order=received&limit=500&cursor=${cursor}`)
        cursor = page.next
        return idsOf(page)
      }
      const early = actionFixture()
      await late.query('begin')
      await late.query(
        `insert into action (id, at, clock_behind_ms, by, kind, event)
         values ($1, now(), 0, 'machine', 'shift.started', '{"kind":"shift.started"}')`,
        [early.id],
      )
      const quick = actionFixture({ at: minute(30) })
      await as.operator.post([quick])
      expect(await follow()).toEqual([])
      await late.query('commit')
      const seen: string[] = []
      // Transactions of the queue's own may hold it up for a moment.
      await expect.poll(async () => seen.push(...(await follow()))).toBeGreaterThanOrEqual(2)
      expect(seen).toEqual([early.id, quick.id])
      expect(await follow()).toEqual([])
    } finally {
      await late.end()
    }
  })
})

describe('GET /v1/actions.csv', () => {
  const csv = (role: Role, query = `?to=${minute(20)}`) =>
    fetch(`${relay.address}/v1/actions.csv${query}`, { headers: as[role].headers })

  it('is UTF-8 with BOM, «;» between, times in the campaign’s zone, formulas made harmless', async () => {
    const answer = await csv('quality')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const text = Buffer.from(await answer.arrayBuffer()).toString()
    expect(text.startsWith('\ufeffat;received_at;person;')).toBe(true)
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(11)
    expect(lines.at(-1)).toContain('05.03.2026 12:00;')
    expect(lines.at(-1)).toContain(`;'+380501234567;olena@example.com;'=comment;`)
    // A campaign that this relay does not hold: nobody knows its zone.
    expect(lines.at(-2)).toContain('05.03.2026 09:01;')
  })

  it('a customer’s copy holds what he may see, masked', async () => {
    const text = await (await csv('customer')).text()
    expect(text).not.toContain('+380501234567')
    expect(text.trimEnd().split('\r\n')).toHaveLength(6)
  })

  it('that it was taken stands in the log', async () => {
    await csv('head_of_sales')
    const { actions } = await read('admin', `?kind=log.exported&person=${people.head_of_sales}`)
    expect(actions[0]?.event).toEqual({ kind: 'log.exported', filters: ['to'] })
  })

  it.each<Role>(['operator', 'sales_rep', 'technician'])('a %s may not take it', async (role) => {
    expect((await csv(role)).status).toBe(403)
  })
})

// Last: what it blanks stays blank.
describe('erasing personal data', () => {
  it('blanks what names a person and leaves the actions', async () => {
    const erased = await erasePersonalOfActions(db, {
      phones: [],
      emails: ['OLENA@example.com'],
      cardKeys: [],
      before: null,
    })
    expect(erased).toBe(5)
    const { actions } = await read('admin', `?kind=card.opened&to=${minute(20)}`)
    expect(actions).toHaveLength(5)
    expect(actions[0]?.personal).toEqual({ phone: null, email: null, text: null })
  })

  it('a repetition of the action by its maker does not bring them back', async () => {
    await as.operator.post(actions)
    const { actions: read5 } = await read('admin', `?kind=card.opened&to=${minute(20)}`)
    expect(read5[0]?.personal?.phone).toBeNull()
  })
})
