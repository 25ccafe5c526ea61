import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelayPeople, RelayPerson, RelayPersonChange } from '../../lib/contracts/relay-people.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { changePerson, listPeople } from '../people/person-store.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Who works with this relay; changing their name and role, and shutting them out. */
export const peopleRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  const security = [{ token: [] }]

  app.get(
    '/v1/people',
    {
      config: { roles: PERMISSIONS['people.read'] },
      schema: { security, response: { 200: RelayPeople, ...PROBLEMS } },
    },
    async () => ({ people: await listPeople(db) }),
  )

  app.patch(
    '/v1/people/:id',
    {
      config: { roles: PERMISSIONS['people.change'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        params: z.object({ id: z.uuid() }),
        body: RelayPersonChange,
        response: { 200: RelayPerson, ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { params, body } = request
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: { ...params, body } }
      return orRefuse(await once(repeatable, (trx) => changePerson(trx, caller, params.id, body)))
    },
  )
}
