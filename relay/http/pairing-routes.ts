import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import {
  Pairing,
  PairingCode,
  PairingCodeRequest,
  PairingRequest,
} from '../../lib/contracts/relay-people.ts'
import { once } from '../idempotency/once.ts'
import { pairingCodeFor, showPairingCode } from '../people/pairing-code.ts'
import { keepPairingCode, pair } from '../people/pairing-store.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { createFailures } from '../quotas/failures.ts'
import { callerOf, recordFailures } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Making pairing codes; behind a token. */
export const pairingCodeRoutes: FastifyPluginAsyncZod<ServerDeps> = async (
  app,
  { db, signingKey },
) => {
  app.post(
    '/v1/pairing-codes',
    {
      config: { roles: PERMISSIONS['people.pair'] },
      schema: {
        security: [{ token: [] }],
        headers: IdempotencyHeaders,
        body: PairingCodeRequest,
        response: { 201: PairingCode, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { body } = request
      const key = idempotencyKeyOf(request)
      const code = pairingCodeFor(signingKey, caller.personId, key)
      const repeatable = { db, personId: caller.personId, key, request: body }
      // The answer is kept without the code, which a repeated request makes anew.
      const kept = await once(repeatable, (trx) => keepPairingCode(trx, caller, code, body))
      return reply.status(201).send({ code: showPairingCode(code), ...orRefuse(kept) })
    },
  )
}

/** Wrong codes a minute: of one address, and of all together. A guess has 1 chance in 2⁴⁰. */
const TRIALS = { max: 10, windowMs: 60_000 }
const TRIALS_OF_ALL = { max: 100, windowMs: 60_000 }

/** Trading a code for a token: the one write without a token. The code is its idempotency. */
export const pairingRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, log }) => {
  const failures = createFailures(TRIALS)
  const allFailures = createFailures(TRIALS_OF_ALL)

  app.post(
    '/v1/pairings',
    { schema: { body: PairingRequest, response: { 201: Pairing, ...PROBLEMS } } },
    async (request, reply) => {
      if (failures.isOver(request.ip) || allFailures.isOver('all')) {
        reply.header('retry-after', TRIALS.windowMs / 1_000)
        throw new Refusal({ code: 'too_many_requests', message: 'too many codes: wait a minute' })
      }
      const paired = await pair(db, request.body.code)
      if (!paired.ok) {
        allFailures.note('all')
        const { first } = failures.note(request.ip)
        if (first) await recordFailures(db, 'pairing.failures', request.ip, log)
      }
      return reply.status(201).header('cache-control', 'no-store').send(orRefuse(paired))
    },
  )
}
