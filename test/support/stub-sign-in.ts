import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AccessTokenRequest, SignInRequest } from '../../lib/contracts/relay-sign-in.ts'
import type { SandboxPortal } from '../portal/server.ts'

import type { Certificate } from './certificate.ts'
import { portalFetch } from './portal-fetch.ts'

export interface StubSignIn {
  /** What the operator types as the relay's address. */
  address: string
  /** `expiresAt` of the refused token, or null, for each access token that was asked for. */
  asked: (string | null)[]
  close(): Promise<void>
}

/**
 * A relay's signing in (lib/contracts/relay-sign-in.ts) at the level of HTTP, in front of a relay
 * that answers everything else. It keeps one account, in memory.
 */
export async function startStubSignIn(options: {
  portal: SandboxPortal
  certificate: Certificate
  relay: { address: string }
  /** The relay's token that a signed-in person is given. */
  token: string
}): Promise<StubSignIn> {
  const { portal, relay } = options
  const asked: (string | null)[] = []
  const signIns = new Map<string, { challenge: string; userId: number | null }>()
  let pair: Record<string, unknown> = {}
  let accessExpiresAt = ''

  async function exchange(grant: Record<string, string>): Promise<string | null> {
    const { clientId, clientSecret, authHost } = portal.oauth
    const query = new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      ...grant,
    })
    const ask = portalFetch(options.certificate.cert, Number(new URL(authHost).port))
    const response = await ask(`${authHost}/oauth/token/?${query}`)
    const body = (await response.json()) as Record<string, unknown>
    if (!response.ok) return String(body.error)
    pair = body
    accessExpiresAt = new Date(Date.now() + Number(body.expires_in) * 1000).toISOString()
    return null
  }

  const account = (userId: number) => ({
    origin: portal.origin,
    memberId: portal.tokens.tables.memberId,
    userId,
  })

  async function answer(url: URL, body: string): Promise<[number, object] | null> {
    if (url.pathname === '/v1/sign-ins') {
      const { challenge } = SignInRequest.parse(JSON.parse(body))
      const id = randomUUID()
      signIns.set(id, { challenge, userId: null })
      const authorize = new URL('/oauth/authorize/', portal.origin)
      authorize.search = `${new URLSearchParams({ client_id: portal.oauth.clientId, state: id })}`
      const expiresAt = new Date(Date.now() + 600_000).toISOString()
      return [201, { id, authorizeUrl: authorize.href, expiresAt }]
    }
    if (url.pathname === '/oauth/callback') {
      const signIn = signIns.get(url.searchParams.get('state') ?? '')
      const code = url.searchParams.get('code') ?? ''
      const error = await exchange({ grant_type: 'authorization_code', code })
      const operator = portal.users.find(({ role }) => role === 'operator')
      if (signIn && operator && error === null) signIn.userId = Number(operator.id)
      return [200, { error }]
    }
    const [, id] = /^\/v1\/sign-ins\/([^/]+)\/token$/.exec(url.pathname) ?? []
    const signIn = signIns.get(id ?? '')
    if (signIn) {
      const { verifier } = JSON.parse(body) as { verifier: string }
      const challenge = createHash('sha256').update(verifier).digest('base64url')
      if (challenge !== signIn.challenge) return [404, { code: 'not_found', message: 'no such' }]
      if (signIn.userId === null) return [200, { state: 'waiting' }]
      const { token } = options
      const portalAccount = account(signIn.userId)
      const done = { state: 'done', token, name: 'Operator', role: 'operator' }
      return [200, { ...done, portal: portalAccount }]
    }
    if (url.pathname === '/v1/bitrix24/access-token') {
      const { refused } = AccessTokenRequest.parse(JSON.parse(body))
      asked.push(refused)
      if (refused !== null || Date.parse(accessExpiresAt) - Date.now() < 60_000) {
        const refresh_token = String(pair.refresh_token)
        const error = await exchange({ grant_type: 'refresh_token', refresh_token })
        if (error !== null) return [409, { code: 'bitrix24_app_removed', message: error }]
      }
      const operator = portal.users.find(({ role }) => role === 'operator')
      return [
        200,
        {
          accessToken: pair.access_token,
          expiresAt: accessExpiresAt,
          endpoint: `${portal.origin}/rest/`,
          portal: account(Number(operator?.id)),
        },
      ]
    }
    return null
  }

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.writeHead(500).end())
  })
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stub.invalid')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const cors = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-none-match',
      'access-control-allow-methods': 'GET, POST, PUT',
      'access-control-expose-headers': 'etag',
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end()
      return
    }
    const own = await answer(url, body.toString())
    if (own) {
      const type = { 'content-type': 'application/json' }
      response.writeHead(own[0], { ...cors, ...type }).end(JSON.stringify(own[1]))
      return
    }
    const headers: Record<string, string> = {}
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'if-none-match']) {
      const value = request.headers[name]
      if (typeof value === 'string') headers[name] = value
    }
    const method = request.method ?? 'GET'
    const init = body.length > 0 ? { method, headers, body } : { method, headers }
    const passed = await fetch(new URL(url.pathname + url.search, relay.address), init)
    const etag = passed.headers.get('etag')
    response.writeHead(passed.status, {
      ...cors,
      'content-type': passed.headers.get('content-type') ?? 'application/json',
      ...(etag && { etag }),
    })
    response.end(Buffer.from(await passed.arrayBuffer()))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  portal.tokens.tables.app.handlerUrl = `${address}/oauth/callback`
  return {
    address,
    asked,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
