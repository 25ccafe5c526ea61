import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelayMe, RelayProblem } from '../../lib/contracts/relay-api.ts'
import { RelayCampaigns } from '../../lib/contracts/relay-campaigns.ts'
import { callerOf } from './auth.ts'
import { EVERYBODY } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

/** What an extension asks first: who am I, and which campaigns are there. */
export const campaignRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { campaigns }) => {
  const security = [{ token: [] }]

  app.get(
    '/v1/me',
    {
      config: { roles: EVERYBODY },
      schema: { security, response: { 200: RelayMe, 401: RelayProblem } },
    },
    async (request) => {
      const { name, role } = callerOf(request)
      return { name, role }
    },
  )

  app.get(
    '/v1/campaigns',
    {
      config: { roles: EVERYBODY, phones: 'ours' },
      schema: {
        security,
        headers: z.object({ 'if-none-match': z.string().optional() }),
        response: { 200: RelayCampaigns, 304: z.undefined(), 401: RelayProblem },
      },
    },
    async (request, reply) => {
      const { campaigns: published, etag } = await campaigns.published()
      reply.header('etag', etag).header('cache-control', 'no-cache')
      // Proxies that compress make a tag a weak one.
      const known = request.headers['if-none-match']?.replace(/^W\//, '')
      if (known === etag) return reply.status(304).send()
      return reply.send({ campaigns: published })
    },
  )
}
