import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { RelayKeys } from '../../lib/contracts/relay-campaigns.ts'
import { publicKeys } from '../campaigns/signing-keys.ts'
import type { ServerDeps } from './server-deps.ts'

/** The public halves of the keys that campaigns are signed with: nothing secret, so for anybody. */
export const keyRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  app.get('/v1/keys', { schema: { response: { 200: RelayKeys } } }, async () => ({
    keys: await publicKeys(db),
  }))
}
