import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelaySoftphone } from '../../lib/contracts/relay-people.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { keepSoftphone, readSoftphone } from '../people/softphone-store.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

const Done = z.strictObject({ ok: z.literal(true) })

/** SIP accounts: told to nobody but their person, set by those who run the telephony. */
export const softphoneRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, sealer }) => {
  const security = [{ token: [] }]

  app.get(
    '/v1/softphone',
    {
      config: { roles: PERMISSIONS['softphone.use'], phones: 'ours' },
      schema: { security, response: { 200: RelaySoftphone, ...PROBLEMS } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return orRefuse(await readSoftphone(db, sealer, callerOf(request).personId))
    },
  )

  app.put(
    '/v1/people/:id/softphone',
    {
      config: { roles: PERMISSIONS['softphone.assign'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        params: z.object({ id: z.uuid() }),
        body: RelaySoftphone,
        response: { 200: Done, ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { params, body } = request
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: { ...params, body } }
      const kept = await once(repeatable, (trx) =>
        keepSoftphone(trx, sealer, caller, params.id, body),
      )
      orRefuse(kept)
      return { ok: true as const }
    },
  )
}
