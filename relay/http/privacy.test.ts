import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Readable } from 'node:stream'
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../lib/contracts/role.ts'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { createLog } from '../log.ts'
import type { Access } from '../people/access.ts'
import { createLastUse } from '../tokens/last-use.ts'
import { addToken } from '../tokens/token-store.ts'
import { guardPersonalData } from './privacy.ts'
import { answerError } from './problems.ts'
import { createServer } from './server.ts'
import type { ServerDeps } from './server-deps.ts'

const PHONE = '+380671234523'
const MASKED = '+380 67 *** ** 23'

describe('an answer on its way out', () => {
  async function answer(access: Access, payload: unknown, type: string) {
    const app = Fastify()
    app.setErrorHandler(answerError)
    app.decorateRequest('access', null)
    app.addHook('onRequest', async (request) => {
      request.access = access
    })
    guardPersonalData(app)
    app.get('/', async (_, reply) => reply.type(type).send(payload))
    return app.inject('/')
  }

  it.each([
    ['JSON', { to: PHONE }, 'application/json'],
    ['a text', `call ${PHONE}`, 'text/plain'],
    ['bytes', Buffer.from(`a;${PHONE}`), 'text/csv'],
    ['a stream', Readable.from([`a;${PHONE.slice(0, 6)}`, `${PHONE.slice(6)}\nb`]), 'text/csv'],
  ])('%s shows no number to a role that sees none', async (_name, payload, type) => {
    const { body } = await answer({ masksPhones: true, mayExport: true }, payload, type)
    expect(body).toContain(MASKED)
    expect(body).not.toContain(PHONE)
  })

  it('shows it to a role that does', async () => {
    const access = { masksPhones: false, mayExport: false }
    expect((await answer(access, { to: PHONE }, 'application/json')).json()).toEqual({ to: PHONE })
  })

  it.each(['text/csv; charset=utf-8', 'application/x-ndjson', 'application/octet-stream'])(
    'a file of %s is kept from a role barred from exports, also when its route forgot',
    async (type) => {
      const refused = await answer({ masksPhones: false, mayExport: false }, 'secret', type)
      expect(refused.statusCode).toBe(403)
      expect(refused.body).not.toContain('secret')
      const allowed = await answer({ masksPhones: false, mayExport: true }, 'secret', type)
      expect(allowed.statusCode).toBe(200)
    },
  )
})

describe('every route behind a token', () => {
  let database: TestDatabase
  let app: FastifyInstance
  const routes: RouteOptions[] = []

  /** Makes every route answer with a number, whatever it was asked. */
  function answerWithNumber(message: unknown) {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', (route) => {
      if (!route.config?.roles) return
      routes.push({ ...route })
      delete route.schema
      route.handler = async (_, reply) => reply.send({ some: [{ phone: PHONE }] })
    })
  }

  beforeAll(async () => {
    database = await openTestDatabase('privacy')
    const { db } = database
    await db.updateTable('role_access').set({ masks_phones: true, may_export: true }).execute()
    subscribe('fastify.initialization', answerWithNumber)
    const deps: Partial<ServerDeps> = {
      db,
      lastUse: createLastUse(db),
      ratePerMinute: 1_000,
      requestTimeoutMs: 30_000,
      trustedProxies: [],
      tls: null,
      actionsPerMinute: 1_000,
      log: createLog('silent'),
      stopping: new AbortController().signal,
    }
    app = (await createServer(deps as ServerDeps)) as unknown as FastifyInstance
    unsubscribe('fastify.initialization', answerWithNumber)
    await app.ready()
  }, 120_000)

  afterAll(async () => {
    await app?.close()
    await database?.close()
  }, 60_000)

  it('masks the numbers in its answer, but for those that carry no numbers of clients', async () => {
    const tokens = new Map<Role, string>()
    const shown: string[] = []
    for (const { method, url, config } of routes) {
      const role = config?.roles?.[0]
      const name = String(method)
      if (!role || name === 'HEAD') continue
      const token = tokens.get(role) ?? (await addToken(database.db, role, role))
      tokens.set(role, token)
      const path = url.replaceAll(/:\w+/g, 'x')
      const headers = { authorization: `Bearer ${token}` }
      const { statusCode, body } = await app.inject({ method: name as 'GET', url: path, headers })
      expect(statusCode, `${name} ${url}`).toBe(200)
      if (body.includes(PHONE)) shown.push(`${name} ${url}`)
      else expect(body, `${name} ${url}`).toContain(MASKED)
    }
    expect(routes.length).toBeGreaterThan(10)
    // Documents of ours, signed as they are, the stop list's hashes, and what is one's own: the SIP
    // account and the access token. Nothing else.
    const ours =
      /^\w+ \/v1\/(campaigns(\/.*)?|campaign-summaries|softphone|stop-list\/copy|bitrix24\/access-token)$/
    expect(shown).toContain('GET /v1/softphone')
    expect(shown.filter((route) => !ours.test(route))).toEqual([])
  })
})
