import { rm } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RelayActions, RelayActionsReceipt } from '../../lib/contracts/relay-actions.ts'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { actionClient, actionFixture } from '../../test/support/action-fixture.ts'
import { type Cluster, openCluster } from '../database/embedded/cluster.ts'
import { createLog } from '../log.ts'
import { type Relay, startRelay } from '../relay.ts'

type Client = ReturnType<typeof actionClient>

let folder: string
let cluster: Cluster
let relay: Relay
let database: pg.Client
let olena: Client
let iryna: Client
let head: Client

const clientOf = async (name: string, role: Parameters<Relay['addToken']>[1]) =>
  actionClient(relay.address, await relay.addToken(name, role))
const receipt = async (response: Response) => RelayActionsReceipt.parse(await response.json())
const page = async (client: Client, query: string) =>
  RelayActions.parse(await (await client.get(query)).json())

beforeAll(async () => {
  folder = await temporaryFolder('actions')
  cluster = await openCluster({ folder, sharing: 'exclusive', log: createLog('silent') })
  relay = await startRelay({
    database: { url: cluster.url },
    campaigns: [],
    ratePerMinute: 10_000,
    actionsPerMinute: 3_000,
    logLevel: 'silent',
  })
  database = new pg.Client({ connectionString: cluster.url })
  await database.connect()
  olena = await clientOf('Олена', 'operator')
  iryna = await clientOf('Ирина', 'operator')
  head = await clientOf('Тарас', 'head_of_sales')
}, 120_000)

afterAll(async () => {
  await database?.end()
  await relay?.close()
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

describe('POST /v1/actions', () => {
  it('keeps each action once, however often it is sent, and acknowledges each time', async () => {
    const actions = [actionFixture({ attemptId: null }), actionFixture({ attemptId: null })]
    const answers = await Promise.all(Array.from({ length: 20 }, () => olena.post(actions)))
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(await receipt(answer)).toEqual({ kept: 2, refused: [] })
    }
    const { rows } = await database.query('select id from action where id = any($1)', [
      actions.map(({ id }) => id),
    ])
    expect(rows).toHaveLength(2)
  })

  it('keeps what is well when something is not, and tells which and why', async () => {
    const good = actionFixture()
    const answer = await olena.post([
      { ...actionFixture(), event: { kind: 'made.up' } },
      good,
      { ...actionFixture(), at: 'yesterday' },
      null,
    ])
    expect(answer.status).toBe(200)
    const { kept, refused } = await receipt(answer)
    expect(kept).toBe(1)
    expect(refused.map(({ index, code }) => [index, code])).toEqual([
      [0, 'invalid'],
      [2, 'invalid'],
      [3, 'invalid'],
    ])
    expect(refused[1]?.message).toMatch(/^at: /)
    expect((await page(head, '?limit=500')).actions.map(({ id }) => id)).toContain(good.id)
  })

  it('an id that is another person’s action is refused, and the action stays as it was', async () => {
    const action = actionFixture()
    await olena.post([action])
    const answer = await receipt(await iryna.post([actionFixture(), action]))
    expect(answer).toMatchObject({ kept: 1, refused: [{ index: 1, code: 'conflict' }] })
    expect((await page(olena, '')).actions.map(({ id }) => id)).toContain(action.id)
    expect((await page(iryna, '')).actions.map(({ id }) => id)).not.toContain(action.id)
  })

  it.each([
    ['half a character', '\ud83d'],
    ['a NUL', 'a\u0000b'],
    ['quotes and SQL', `'); drop table action; --`],
  ])('keeps a comment with %s, and its neighbours', async (_, text) => {
    const personal = { phone: '+380501234567', email: null, text }
    const actions = [actionFixture(), actionFixture({ personal })]
    expect(await receipt(await olena.post(actions))).toEqual({ kept: 2, refused: [] })
  })

  it.each([
    ['no action', []],
    ['more than 500', Array.from({ length: 501 }, () => ({}))],
  ])('a request with %s is refused as a whole', async (_, actions) => {
    const answer = await olena.post(actions)
    expect(answer.status).toBe(400)
    expect(RelayProblem.parse(await answer.json()).code).toBe('invalid')
  })

  it('500 at once are kept; beyond the person’s quota the answer says when to come again', async () => {
    const busy = await clientOf('Busy', 'operator')
    const send = () => busy.post(Array.from({ length: 500 }, () => actionFixture()))
    for (let round = 0; round < 6; round++) expect((await send()).status).toBe(200)
    const answer = await send()
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await olena.post([actionFixture()])).status).toBe(200)
  })
})

describe('the database itself', () => {
  it.each([
    `update action set kind = 'shift.started'`,
    'delete from action',
    'truncate action cascade',
    'delete from action_personal',
    'truncate action_personal',
    `update action_personal set text = 'other', blanked_at = now()`,
    `update action_personal set phone = null`,
  ])('refuses: %s', async (statement) => {
    const personal = { phone: '+380501234567', email: null, text: 'comment' }
    await olena.post([actionFixture({ personal })])
    await expect(database.query(statement)).rejects.toThrow(/append-only|only be blanked/)
  })
})
