import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readBody } from '../http.ts'
import { parseQuery } from '../rest/params.ts'
import { USER_IDS } from '../seed.ts'
import { type PortalOptions, type SandboxPortal, startPortal } from '../server.ts'

const HANDLER = 'https://relay.example/oauth/callback'
const closers: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

interface World {
  portal: SandboxPortal
  advance(ms: number): void
  signIn(userId?: number, state?: string): Promise<URL>
  token(params: Record<string, string>, method?: 'GET' | 'POST'): Promise<Answer>
  pair(userId?: number): Promise<Record<string, string>>
  rest(method: string, auth: string): Promise<Answer>
}
interface Answer {
  status: number
  body: Record<string, unknown>
}

async function open(options: PortalOptions = {}): Promise<World> {
  let nowMs = Date.parse('2026-03-04T10:00:00+03:00')
  const portal = await startPortal({ appHandler: HANDLER, now: () => nowMs, ...options })
  closers.push(() => portal.close())
  const { clientId, clientSecret, authHost } = portal.oauth
  const signIn: World['signIn'] = async (userId = USER_IDS.operator, state = 'xyz') => {
    const url = `${portal.origin}/oauth/authorize/?client_id=${clientId}&state=${state}`
    const body = new URLSearchParams({ user_id: String(userId) })
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' })
    expect(response.status).toBe(302)
    return new URL(response.headers.get('location') ?? '')
  }
  const token: World['token'] = async (params, method = 'GET') => {
    const all = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...params })
    const response =
      method === 'GET'
        ? await fetch(`${authHost}/oauth/token/?${all}`)
        : await fetch(`${authHost}/oauth/token/`, { method, body: all })
    return read(response)
  }
  return {
    portal,
    advance: (ms) => {
      nowMs += ms
    },
    signIn,
    token,
    pair: async (userId) => {
      const code = (await signIn(userId)).searchParams.get('code') ?? ''
      const { status, body } = await token({ grant_type: 'authorization_code', code })
      expect(status).toBe(200)
      return body as Record<string, string>
    },
    rest: async (method, auth) =>
      read(
        await fetch(`${portal.origin}/rest/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ auth }),
        }),
      ),
  }
}

async function read(response: Response): Promise<Answer> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const codeOf = (url: URL) => url.searchParams.get('code') ?? ''

describe('the authorize page', () => {
  it('shows the users to choose from, and returns to the registered handler', async () => {
    const { portal, signIn } = await open()
    const address = `${portal.origin}/oauth/authorize/?client_id=${portal.oauth.clientId}`
    const page = await (await fetch(address)).text()
    expect(page).toContain('Оксана Верес')
    const back = await signIn()
    expect(back.origin + back.pathname).toBe(HANDLER)
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.any(String),
      state: 'xyz',
      domain: new URL(portal.origin).host,
      member_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      scope: expect.stringContaining('crm'),
      server_domain: new URL(portal.oauth.authHost).host,
    })
  })

  it('ignores a redirect_uri', async () => {
    const { portal } = await open()
    const address = `${portal.origin}/oauth/authorize/?client_id=${portal.oauth.clientId}&redirect_uri=https://evil.example/`
    const body = new URLSearchParams({ user_id: '2' })
    const response = await fetch(address, { method: 'POST', body, redirect: 'manual' })
    expect(response.headers.get('location')).toMatch(/^https:\/\/relay\.example\//)
  })

  it.each([
    ['an unknown application', 'local.no.such', 2],
    ['a user who is not there', null, 99],
  ])('answers %s with a page of its own, and returns nowhere', async (_, clientId, userId) => {
    const { portal } = await open()
    const id = clientId ?? portal.oauth.clientId
    const response = await fetch(`${portal.origin}/oauth/authorize/?client_id=${id}`, {
      method: 'POST',
      body: new URLSearchParams({ user_id: String(userId) }),
      redirect: 'manual',
    })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.headers.get('location')).toBeNull()
  })
})

describe('the token server', () => {
  it.each(['GET', 'POST'] as const)('gives a pair for a code by %s', async (method) => {
    const { portal, signIn, token } = await open()
    const grant = { grant_type: 'authorization_code', code: codeOf(await signIn()) }
    expect(await token(grant, method)).toEqual({
      status: 200,
      body: {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        expires_in: 3600,
        client_endpoint: `${portal.origin}/rest/`,
        server_endpoint: `${portal.oauth.authHost}/rest/`,
        domain: new URL(portal.oauth.authHost).host,
        member_id: portal.tokens.tables.memberId,
        scope: expect.stringContaining('telephony'),
        status: 'L',
      },
    })
  })

  it('takes a code once', async () => {
    const { signIn, token } = await open()
    const grant = { grant_type: 'authorization_code', code: codeOf(await signIn()) }
    expect((await token(grant)).status).toBe(200)
    expect(await token(grant)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('takes a code for 30 seconds', async () => {
    const { signIn, token, advance } = await open()
    const grant = { grant_type: 'authorization_code', code: codeOf(await signIn()) }
    advance(30_000)
    expect((await token(grant)).body.error).toBe('invalid_grant')
  })

  it('refreshes with rotation: the old refresh token is worth nothing afterwards', async () => {
    const { pair, token, rest } = await open()
    const first = await pair()
    const grant = { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' }
    const { body } = await token(grant, 'POST')
    expect(body).toMatchObject({ user_id: USER_IDS.operator, expires: expect.any(Number) })
    expect(body.refresh_token).not.toBe(first.refresh_token)
    expect((await token(grant)).body.error).toBe('invalid_grant')
    expect((await rest('profile', String(body.access_token))).status).toBe(200)
  })

  it('takes a refresh token for 180 days', async () => {
    const { pair, token, advance } = await open()
    const { refresh_token = '' } = await pair()
    advance(180 * 24 * 60 * 60_000)
    expect((await token({ grant_type: 'refresh_token', refresh_token })).body.error).toBe(
      'invalid_grant',
    )
  })

  it.each([
    ['no grant_type', {}, 'invalid_request'],
    ['an unknown grant_type', { grant_type: 'password' }, 'invalid_request'],
    ['no code', { grant_type: 'authorization_code' }, 'invalid_request'],
    ['no refresh token', { grant_type: 'refresh_token' }, 'invalid_request'],
    ['a wrong secret', { grant_type: 'refresh_token', client_secret: 'no' }, 'invalid_client'],
    ['another application', { grant_type: 'refresh_token', client_id: 'no' }, 'invalid_client'],
    ['a made-up code', { grant_type: 'authorization_code', code: 'no' }, 'invalid_grant'],
    ['a wider scope', { grant_type: 'refresh_token', scope: 'crm,disk' }, 'invalid_scope'],
  ])('refuses %s', async (_, params, error) => {
    const { token } = await open()
    const answer = await token(params)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body.error).toBe(error)
  })

  it('refuses a portal whose plan has no REST', async () => {
    const { portal, token } = await open()
    portal.tokens.isUnpaid = true
    const answer = await token({ grant_type: 'refresh_token', refresh_token: 'x' })
    expect(answer.body.error).toBe('PAYMENT_REQUIRED')
  })
})

describe('REST by access token', () => {
  it.each([
    ['the body', (origin: string, auth: string) => post(`${origin}/rest/profile`, { auth })],
    ['the query', (origin: string, auth: string) => fetch(`${origin}/rest/profile?auth=${auth}`)],
  ])('acts as the user whose token stands in %s', async (_, call) => {
    const { portal, pair } = await open()
    const { access_token = '' } = await pair(USER_IDS.sales_rep)
    const { body } = await read(await call(portal.origin, access_token))
    expect(body.result).toMatchObject({ ID: String(USER_IDS.sales_rep) })
  })

  it('reads no token from a header', async () => {
    const { portal, pair } = await open()
    const { access_token = '' } = await pair()
    const headers = { authorization: `Bearer ${access_token}` }
    const { body } = await read(await fetch(`${portal.origin}/rest/profile`, { headers }))
    expect(body.error).toBe('NO_AUTH_FOUND')
  })

  it('says so when the hour is over, or a shorter time', async () => {
    const { portal, pair, rest, advance } = await open()
    portal.tokens.accessSeconds = 5
    const { access_token = '', expires_in } = await pair()
    expect(expires_in).toBe(5)
    advance(5000)
    expect(await rest('profile', access_token)).toMatchObject({
      status: 401,
      body: { error: 'expired_token' },
    })
  })

  it.each<[string, (portal: SandboxPortal) => void, string, string]>([
    ['an uninstalled application', (p) => p.tokens.uninstall(), 'NO_AUTH_FOUND', 'invalid_client'],
    ['a dismissed user', dismiss, 'NO_AUTH_FOUND', 'invalid_grant'],
  ])('refuses %s, and its refresh token too', async (_, change, restError, tokenError) => {
    const { portal, pair, rest, token } = await open()
    const { access_token = '', refresh_token = '' } = await pair()
    change(portal)
    expect((await rest('profile', access_token)).body.error).toBe(restError)
    const answer = await token({ grant_type: 'refresh_token', refresh_token })
    expect(answer.body.error).toBe(tokenError)
  })

  it('refuses a user whom the administrator shut out of the application', async () => {
    const { portal, pair, rest } = await open()
    const { access_token = '' } = await pair()
    portal.tokens.tables.app.allowedUserIds = [USER_IDS.coordinator]
    expect(await rest('profile', access_token)).toMatchObject({
      status: 403,
      body: { error: 'user_access_error' },
    })
  })

  it('refuses what a removed scope gave, and nothing else', async () => {
    const { portal, pair, rest } = await open()
    const { access_token = '' } = await pair()
    portal.tokens.tables.app.scopes = ['user']
    expect(await rest('crm.status.list', access_token)).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    })
    expect((await rest('user.current', access_token)).status).toBe(200)
  })
})

it('tells the install address of its installation, with the administrator’s pair', async () => {
  const bodies: string[] = []
  const types: string[] = []
  const server = createServer(async (request, response) => {
    types.push(request.headers['content-type'] ?? '')
    bodies.push((await readBody(request)) ?? '')
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => server.close())
  const appInstall = `http://127.0.0.1:${(server.address() as AddressInfo).port}/install`
  const { portal, rest } = await open({ appInstall })
  expect(await portal.installApp()).toBe(200)
  expect(types.at(-1)).toContain('application/x-www-form-urlencoded')
  const { event, auth } = parseQuery(bodies.at(-1) ?? '') as {
    event: string
    auth: Record<string, string>
  }
  expect(event).toBe('ONAPPINSTALL')
  expect(auth).toMatchObject({
    application_token: portal.tokens.tables.app.applicationToken,
    member_id: portal.tokens.tables.memberId,
    domain: new URL(portal.origin).host,
    refresh_token: expect.any(String),
  })
  const { body } = await rest('profile', auth.access_token ?? '')
  expect(body.result).toMatchObject({ ID: String(USER_IDS.coordinator), ADMIN: true })
})

function dismiss(portal: SandboxPortal): void {
  const user = portal.data.users.find(({ ID }) => ID === USER_IDS.operator)
  if (user) user.ACTIVE = false
}

function post(url: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}
