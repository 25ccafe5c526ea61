import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { MessageState } from '../../lib/contracts/effect.ts'
import { RelayMessage, RelayMessageRequest, RelayProblem } from '../../lib/contracts/relay-api.ts'
import { acceptMessage } from '../messages/accept-message.ts'
import { waitForChange } from '../messages/wait-for-change.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { secondsToMidnight } from '../quotas/daily-quota.ts'
import { callerOf } from './auth.ts'
import { closedBy } from './closed-by.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { Refusal } from './problems.ts'
import { EVERYBODY } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

const problems = {
  400: RelayProblem,
  401: RelayProblem,
  403: RelayProblem,
  404: RelayProblem,
  409: RelayProblem,
  413: RelayProblem,
  429: RelayProblem,
  501: RelayProblem,
  503: RelayProblem,
}

/** Taking messages, and telling what became of them. */
export const messageRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, deps) => {
  const security = [{ token: [] }]

  app.post(
    '/v1/messages',
    {
      config: { roles: PERMISSIONS['messages.send'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        body: RelayMessageRequest,
        response: { 202: RelayMessage, ...problems },
      },
    },
    async (request, reply) => {
      const key = idempotencyKeyOf(request)
      const accepted = await acceptMessage(deps, callerOf(request), key, request.body)
      if (!accepted.ok) {
        if (accepted.reason.code === 'too_many_requests') {
          reply.header('retry-after', secondsToMidnight(new Date()))
        }
        throw new Refusal(accepted.reason)
      }
      return reply.status(202).send(accepted.value)
    },
  )

  app.get(
    '/v1/messages/:id',
    {
      config: { roles: EVERYBODY },
      schema: {
        security,
        params: z.object({ id: z.uuid() }),
        querystring: z.object({
          /** How long to wait for a state other than `since`, in seconds. */
          waitSeconds: z.coerce.number().int().min(0).max(20).default(0),
          /** The state already known; without it, the state at the time of the request. */
          since: MessageState.optional(),
        }),
        response: { 200: RelayMessage, ...problems },
      },
    },
    async (request, reply) => {
      const { waitSeconds, since } = request.query
      const message = await waitForChange({
        store: deps.store,
        id: request.params.id,
        personId: callerOf(request).personId,
        since,
        waitMs: waitSeconds * 1_000,
        signal: AbortSignal.any([deps.stopping, closedBy(reply.raw)]),
      })
      if (!message) throw new Refusal({ code: 'not_found', message: 'you have no such message' })
      return message
    },
  )
}
