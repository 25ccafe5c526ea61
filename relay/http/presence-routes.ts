import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { RelayPresence, RelayPresenceReport } from '../../lib/contracts/relay-presence.ts'
import { tellPresence } from '../presence/presence-store.ts'
import { callerOf } from './auth.ts'
import { closedBy } from './closed-by.ts'
import { IdempotencyHeaders } from './idempotency-key.ts'
import { EVERYBODY } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

/** Customers have no business with who is at work. */
const AT_WORK = EVERYBODY.filter((role) => role !== 'customer')

const problems = { 400: RelayProblem, 401: RelayProblem, 403: RelayProblem, 429: RelayProblem }
const LONGEST_WAIT_SECONDS = 25

/** Who is at work: told by the softphones, asked for transfers and incoming calls. */
export const presenceRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, deps) => {
  const security = [{ token: [] }]

  app.put(
    '/v1/presence',
    {
      config: { roles: AT_WORK },
      schema: {
        security,
        description:
          'Tells the whole state: a repetition changes nothing, whatever its Idempotency-Key.',
        headers: IdempotencyHeaders,
        body: RelayPresenceReport,
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      await tellPresence(deps.db, callerOf(request).personId, request.body)
      return reply.status(204).send(null)
    },
  )

  app.get(
    '/v1/presence',
    {
      config: { roles: AT_WORK },
      schema: {
        security,
        headers: z.object({ 'if-none-match': z.string().max(100).optional() }),
        querystring: z.object({
          /** How long to wait for something else than `If-None-Match`, in seconds. */
          waitSeconds: z.coerce.number().int().min(0).max(LONGEST_WAIT_SECONDS).default(0),
        }),
        response: { 200: RelayPresence, 304: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const known = /^(?:W\/)?"([^"]+)"$/.exec(request.headers['if-none-match'] ?? '')?.[1] ?? null
      const { people, tag } = await deps.presence.changedFrom(
        known,
        request.query.waitSeconds * 1_000,
        AbortSignal.any([deps.stopping, closedBy(reply.raw)]),
      )
      reply.header('etag', `"${tag}"`).header('cache-control', 'no-cache')
      return tag === known ? reply.status(304).send(null) : { people }
    },
  )
}
