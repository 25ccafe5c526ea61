import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccessToken } from '../../lib/contracts/relay-sign-in.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { USER_IDS } from '../../test/portal/seed.ts'
import { type SandboxPortal, startPortal } from '../../test/portal/server.ts'
import { query } from '../../test/support/databases.ts'
import {
  accessOf,
  askAccess,
  askToken,
  beginSignIn,
  chooseUser,
  comeBack,
  oauthEnv,
  postJson,
  signInAt,
} from '../../test/support/sign-in.ts'
import { readConfig } from '../config.ts'
import { type Cluster, openCluster } from '../database/embedded/cluster.ts'
import { createLog } from '../log.ts'
import { type Relay, startRelay } from '../relay.ts'

let folder: string
let cluster: Cluster
let portal: SandboxPortal
let relay: Relay
let log = ''

beforeAll(async () => {
  folder = await temporaryFolder('oauth')
  cluster = await openCluster({ folder, sharing: 'exclusive', log: createLog('silent') })
}, 120_000)

// A portal of its own for each test: what is dismissed or removed there stays so.
beforeEach(async () => {
  portal = await startPortal({ appHandler: 'https://relay.example/oauth/callback' })
  log = ''
  const admins = { BITRIX24_ADMINS: String(USER_IDS.coordinator), DATABASE_URL: cluster.url }
  const config = readConfig({ ...oauthEnv(portal), ...admins })
  if (!config.ok) throw new Error(config.reason.join())
  relay = await startRelay({
    ...config.value,
    port: 0,
    campaigns: [campaignFixture],
    ratePerMinute: 10_000,
    logLevel: 'debug',
    logTo: {
      write(line) {
        log += line
      },
    },
  })
}, 60_000)

afterEach(async () => {
  await relay?.close()
  await portal?.close()
}, 60_000)

afterAll(async () => {
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const refresh = async (token: string) => {
  const { expiresAt } = await accessOf(relay.address, token)
  return askAccess(relay.address, token, expiresAt)
}

describe('signing in with Bitrix24', () => {
  it('makes an operator of whoever comes first, and the same person the next time', async () => {
    const first = await signInAt(relay.address, USER_IDS.operator)
    expect(first).toMatchObject({
      name: 'Оксана Верес',
      role: 'operator',
      portal: {
        origin: portal.origin,
        memberId: portal.tokens.tables.memberId,
        userId: USER_IDS.operator,
      },
    })
    await signInAt(relay.address, USER_IDS.operator)
    const people = await query(
      cluster.url,
      'select name from person where portal_member_id = $1 and portal_user_id = $2',
      [first.portal.memberId, USER_IDS.operator],
    )
    expect(people).toHaveLength(1)
  })

  it('makes administrators of those whom the configuration names, and of nobody else', async () => {
    expect((await signInAt(relay.address, USER_IDS.coordinator)).role).toBe('admin')
  })

  it('says «waiting» until the person is back, gives the token once, and only for the verifier', async () => {
    const begun = await beginSignIn(relay.address)
    expect(await (await askToken(relay.address, begun)).json()).toEqual({ state: 'waiting' })
    const page = await comeBack(relay.address, await chooseUser(begun, USER_IDS.operator))
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const html = await page.text()
    expect(html).toContain('Цю вкладку можна закрити')
    expect(html).not.toContain('<script')

    const other = { ...begun, verifier: 'A'.repeat(43) }
    expect((await askToken(relay.address, other)).status).toBe(404)
    expect(await (await askToken(relay.address, begun)).json()).toMatchObject({ state: 'done' })
    expect(await codeOf(await askToken(relay.address, begun))).toBe('sign_in_expired')
  })

  it('takes a return once, in time, and with a state of ours', async () => {
    const begun = await beginSignIn(relay.address)
    const location = await chooseUser(begun, USER_IDS.operator)
    expect((await comeBack(relay.address, location.replace(/state=[^&]+/, 'state=x'))).status).toBe(
      410,
    )
    expect((await comeBack(relay.address, location)).status).toBe(200)
    expect((await comeBack(relay.address, location)).status).toBe(410)

    const late = await beginSignIn(relay.address)
    const lateReturn = await chooseUser(late, USER_IDS.operator)
    await query(cluster.url, `update sign_in set expires_at = now() where id = $1`, [
      late.signIn.id,
    ])
    expect((await comeBack(relay.address, lateReturn)).status).toBe(410)
    expect(await codeOf(await askToken(relay.address, late))).toBe('sign_in_expired')
  })

  it('is refused when it was begun at another address', async () => {
    const begun = await beginSignIn(relay.address)
    await query(cluster.url, `update sign_in set address = '192.0.2.1' where id = $1`, [
      begun.signIn.id,
    ])
    const page = await comeBack(relay.address, await chooseUser(begun, USER_IDS.operator))
    expect(page.status).toBe(410)
    expect(await codeOf(await askToken(relay.address, begun))).toBe('sign_in_expired')
  })

  it('asks no auth host but those configured, whatever the browser brings', async () => {
    const begun = await beginSignIn(relay.address)
    const location = new URL(await chooseUser(begun, USER_IDS.operator))
    location.searchParams.set('server_domain', 'evil.example')
    expect((await comeBack(relay.address, location.href)).status).toBe(403)
    expect(await codeOf(await askToken(relay.address, begun))).toBe('sign_in_failed')
  })

  it('is refused to whoever was made inactive here', async () => {
    const { portal: account } = await signInAt(relay.address, USER_IDS.operator)
    await query(cluster.url, 'update person set is_active = false where portal_member_id = $1', [
      account.memberId,
    ])
    const begun = await beginSignIn(relay.address)
    await comeBack(relay.address, await chooseUser(begun, USER_IDS.operator))
    expect(await codeOf(await askToken(relay.address, begun))).toBe('sign_in_failed')
  })
})

describe('an access token', () => {
  it('opens REST as the caller’s own account, and is never in the log or in the database', async () => {
    const { token } = await signInAt(relay.address, USER_IDS.operator)
    const access = await accessOf(relay.address, token)
    const answer = await postJson(`${access.endpoint}profile`, { auth: access.accessToken })
    expect(await answer.json()).toMatchObject({ result: { ID: String(USER_IDS.operator) } })
    const [row] = await query(cluster.url, 'select string_agg(a::text, $1) from portal_account a', [
      ' ',
    ])
    for (const pair of portal.tokens.tables.pairs) {
      for (const secret of [pair.accessToken, pair.refreshToken]) {
        expect(log).not.toContain(secret)
        expect(JSON.stringify(row)).not.toContain(secret)
      }
    }
    expect(log).not.toContain(portal.oauth.clientSecret)
  })

  it('is kept while it is good, and renewed once for all who were refused it', async () => {
    const { token } = await signInAt(relay.address, USER_IDS.operator)
    const first = await accessOf(relay.address, token)
    expect((await accessOf(relay.address, token)).accessToken).toBe(first.accessToken)
    portal.tokens.expireAccessTokens()
    const pairs = portal.tokens.tables.pairs.length
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => accessOf(relay.address, token, first.expiresAt)),
    )
    expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(answers[0]?.accessToken).not.toBe(first.accessToken)
    expect(portal.tokens.tables.pairs.length).toBe(pairs + 1)
  })

  it('is nothing for somebody who was paired by a code', async () => {
    const token = await relay.addToken('Олена', 'operator')
    expect(await codeOf(await askAccess(relay.address, token))).toBe('bitrix24_signed_out')
  })
})

describe('the way to Bitrix24 ends in one clear way when', () => {
  it.each([
    ['the application was deleted', 'bitrix24_app_removed', () => portal.tokens.uninstall()],
    [
      'the user was dismissed',
      'bitrix24_user_dismissed',
      () => {
        const user = portal.data.users.find(({ ID }) => ID === USER_IDS.operator)
        if (user) user.ACTIVE = false
      },
    ],
    [
      'the user is kept out of the application',
      'bitrix24_user_dismissed',
      () => {
        portal.tokens.tables.app.allowedUserIds = []
      },
    ],
    [
      'a scope was taken away',
      'bitrix24_scope_missing',
      () => {
        portal.tokens.tables.app.scopes = ['crm']
      },
    ],
    [
      'Bitrix24 no longer takes the refresh token',
      'bitrix24_signed_out',
      () => {
        portal.tokens.expireAccessTokens()
        for (const pair of portal.tokens.tables.pairs) pair.isRefreshed = true
      },
    ],
  ])('%s', async (_, code, happen) => {
    const { token } = await signInAt(relay.address, USER_IDS.operator)
    const { expiresAt } = await accessOf(relay.address, token)
    happen()
    expect(await codeOf(await askAccess(relay.address, token, expiresAt))).toBe(code)
    expect(await codeOf(await askAccess(relay.address, token))).toBe(code)
  })

  it('the portal moved: followed only after an administrator has agreed', async () => {
    const { token } = await signInAt(relay.address, USER_IDS.operator)
    const { token: admin } = await signInAt(relay.address, USER_IDS.coordinator)
    const { memberId } = portal.tokens.tables
    const old = 'https://old.bitrix24.test'
    await query(cluster.url, 'update portal_application set origin = $1 where member_id = $2', [
      old,
      memberId,
    ])
    expect(await codeOf(await refresh(token))).toBe('bitrix24_moved')
    const move = (by: string, origin: string) =>
      fetch(`${relay.address}/v1/bitrix24/portal-move`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${by}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ origin }),
      })
    expect((await move(token, portal.origin)).status).toBe(403)
    expect((await move(admin, 'https://evil.example')).status).toBe(400)
    expect(await codeOf(await askAccess(relay.address, token))).toBe('bitrix24_moved')
    expect((await move(admin, portal.origin)).status).toBe(200)
    expect((await accessOf(relay.address, token)).portal.origin).toBe(portal.origin)
  })

  it('the auth host is away: nothing is lost, and the next try succeeds', async () => {
    const { token } = await signInAt(relay.address, USER_IDS.operator)
    const { expiresAt } = await accessOf(relay.address, token)
    portal.tokens.exchange = () => ({ status: 502, body: {} })
    expect(await codeOf(await askAccess(relay.address, token, expiresAt))).toBe('unavailable')
    Reflect.deleteProperty(portal.tokens, 'exchange')
    expect((await askAccess(relay.address, token, expiresAt)).status).toBe(200)
  })
})

describe('the call of an installation', () => {
  const install = (change: Record<string, string> = {}) => {
    const auth = portal.tokens.eventAuth(USER_IDS.coordinator, true) ?? {}
    const fields = Object.entries({ ...auth, ...change }).map(([name, value]): [string, string] => [
      `auth[${name}]`,
      value,
    ])
    const body = new URLSearchParams(fields)
    return fetch(`${relay.address}/bitrix24/install`, { method: 'POST', body })
  }

  it('is believed when portal and auth host know its tokens; its application token is kept sealed', async () => {
    expect((await install()).status).toBe(200)
    const { memberId, app } = portal.tokens.tables
    const [row] = await query(
      cluster.url,
      'select application_token from portal_application where member_id = $1',
      [memberId],
    )
    expect(row?.application_token).toMatch(/^v1\./)
    expect(row?.application_token).not.toContain(app.applicationToken)
  })

  it.each([
    ['another portal', { client_endpoint: 'http://127.0.0.1:1/rest/' }],
    ['another auth host', { server_endpoint: 'http://127.0.0.1:1/rest/' }],
    ['an invented token', { access_token: 'x' }],
    ['an invented refresh token', { refresh_token: 'x' }],
    ['another member', { member_id: 'x' }],
  ])('is refused with %s', async (_, change) => {
    expect((await install(change)).status).toBe(403)
  })
})

it('what is answered keeps to the contract', async () => {
  const { token } = await signInAt(relay.address, USER_IDS.operator)
  const response = await askAccess(relay.address, token)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(AccessToken.safeParse(await response.json()).success).toBe(true)
})
