import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { RelayCampaigns, RelayMe, RelayProblem } from '../../lib/contracts/relay-api.ts'
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
      schema: {
        summary: 'Whose token this is',
        security,
        response: { 200: RelayMe, 401: RelayProblem },
      },
    },
    async (request) => {
      const { name, role } = callerOf(request)
      return { name, role }
    },
  )

  app.get(
    '/v1/campaigns',
    {
      config: { roles: EVERYBODY },
      schema: {
        summary: 'The published campaigns',
        security,
        response: { 200: RelayCampaigns, 401: RelayProblem },
      },
    },
    async () => ({ campaigns: campaigns.published() }),
  )
}
