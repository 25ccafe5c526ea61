import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { RelayMe, RelayProblem } from '../../lib/contracts/relay-api.ts'
import { RelayCampaigns } from '../../lib/contracts/relay-campaigns.ts'
import { callerOf } from './auth.ts'
import type { ServerDeps } from './server-deps.ts'

/** What an extension asks first: who am I, and which campaigns are there. */
export const campaignRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { campaigns }) => {
  const security = [{ token: [] }]

  app.get(
    '/v1/me',
    { schema: { security, response: { 200: RelayMe, 401: RelayProblem } } },
    async (request) => {
      const { name, role } = callerOf(request)
      return { name, role }
    },
  )

  app.get(
    '/v1/campaigns',
    { schema: { security, response: { 200: RelayCampaigns, 401: RelayProblem } } },
    async () => ({ campaigns: (await campaigns.published()).campaigns }),
  )
}
