import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { RoleAccess, RoleAccessList } from '../../lib/contracts/relay-people.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { listAccess, setAccess } from '../people/role-access.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Which roles see phone numbers, and which may export. */
export const accessRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  const security = [{ token: [] }]
  const config = { roles: PERMISSIONS['access.change'] }

  app.get(
    '/v1/access',
    { config, schema: { security, response: { 200: RoleAccessList, ...PROBLEMS } } },
    async () => ({ roles: await listAccess(db) }),
  )

  app.put(
    '/v1/access',
    {
      config,
      schema: {
        security,
        headers: IdempotencyHeaders,
        body: RoleAccess,
        response: { 200: RoleAccess, ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { body } = request
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: body }
      const set = await once(repeatable, async (trx) => {
        await setAccess(trx, caller, body)
        return { ok: true, value: body }
      })
      return orRefuse(set)
    },
  )
}
