import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelayRevoked, RelayTokens } from '../../lib/contracts/relay-people.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { revokeAllOf, revokeOne } from '../people/revoke.ts'
import { type ListedToken, listTokens } from '../tokens/token-store.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Tokens: which there are, when they were used last, and their end. */
export const tokenRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, lastUse }) => {
  const security = [{ token: [] }]

  app.get(
    '/v1/tokens',
    {
      config: { roles: PERMISSIONS['people.read'] },
      schema: { security, response: { 200: RelayTokens, ...PROBLEMS } },
    },
    async () => {
      await lastUse.flush()
      return { tokens: (await listTokens(db)).map(toRelayToken) }
    },
  )

  app.delete(
    '/v1/tokens/:id',
    {
      config: { roles: PERMISSIONS['tokens.revoke'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        params: z.object({ id: z.string().regex(/^[0-9a-f]{12}$/) }),
        response: { 200: RelayRevoked, ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { id } = request.params
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: { revoke: id } }
      return orRefuse(await once(repeatable, (trx) => revokeOne(trx, caller, id)))
    },
  )

  app.delete(
    '/v1/people/:id/tokens',
    {
      config: { roles: PERMISSIONS['tokens.revoke'] },
      schema: {
        security,
        headers: IdempotencyHeaders,
        params: z.object({ id: z.uuid() }),
        response: { 200: RelayRevoked, ...PROBLEMS },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { id } = request.params
      const key = idempotencyKeyOf(request)
      const repeatable = { db, personId: caller.personId, key, request: { revokeAll: id } }
      return orRefuse(await once(repeatable, (trx) => revokeAllOf(trx, caller, id)))
    },
  )
}

function toRelayToken(token: ListedToken) {
  const { tokenId, personId, name, role, createdAt, lastUsedAt, expiresAt } = token
  return {
    id: tokenId,
    personId,
    name,
    role,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}
