import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AccessToken,
  AccessTokenRequest,
  PortalMoveRequest,
} from '../../lib/contracts/relay-sign-in.ts'
import { once } from '../idempotency/once.ts'
import { OAUTH_NOT_CONFIGURED } from '../oauth/ends.ts'
import { agreeToMove } from '../oauth/portal-store.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Each may cost a renewal, and Bitrix24 blocks who renews without need. */
const TOKENS_PER_MINUTE = 30

/** The caller's own way into Bitrix24. */
export const bitrix24Routes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, oauth }) => {
  const security = [{ token: [] }]

  app.post(
    '/v1/bitrix24/access-token',
    {
      config: {
        roles: PERMISSIONS['bitrix24.use'],
        // A token is not text, and a masked one opens nothing.
        phones: 'ours',
        rateLimit: { max: TOKENS_PER_MINUTE, timeWindow: 60_000 },
      },
      // No Idempotency-Key: its kept answer would be a token in the clear.
      schema: { security, body: AccessTokenRequest, response: { 200: AccessToken, ...PROBLEMS } },
    },
    async (request, reply) => {
      if (!oauth) throw new Refusal(OAUTH_NOT_CONFIGURED)
      const { refused } = request.body
      const refusedAt = refused === null ? null : new Date(refused)
      reply.header('cache-control', 'no-store')
      return orRefuse(await oauth.tokens.forPerson(callerOf(request).personId, refusedAt))
    },
  )

  app.post(
    '/v1/bitrix24/portal-move',
    {
      config: { roles: PERMISSIONS['portal.move'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        body: PortalMoveRequest,
        response: { 200: z.strictObject({ ok: z.literal(true) }), ...PROBLEMS },
      },
    },
    async (request) => {
      if (!oauth) throw new Refusal(OAUTH_NOT_CONFIGURED)
      const { config } = oauth.room
      const { body } = request
      const caller = callerOf(request)
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: { move: body.origin } }
      return orRefuse(
        await once(repeatable, (trx) => agreeToMove(trx, config, caller, body.origin)),
      )
    },
  )
}
