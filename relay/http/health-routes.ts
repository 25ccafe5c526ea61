import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sql } from 'kysely'
import { z } from 'zod'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

const Ok = z.strictObject({ ok: z.literal(true) })

/** `/health`: the process lives. `/ready`: it can take messages, so its database answers. */
export const healthRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, stopping }) => {
  app.get(
    '/health',
    { schema: { summary: 'The process lives', response: { 200: Ok } } },
    async () => ({ ok: true as const }),
  )

  app.get(
    '/ready',
    {
      schema: {
        summary: 'It can take requests: its database answers, and it is not stopping',
        response: { 200: Ok, 503: RelayProblem },
      },
    },
    async () => {
      if (stopping.aborted) throw new Refusal({ code: 'unavailable', message: 'stopping' })
      try {
        await sql`select 1`.execute(db)
      } catch {
        throw new Refusal({ code: 'unavailable', message: 'the database does not answer' })
      }
      return { ok: true as const }
    },
  )
}
