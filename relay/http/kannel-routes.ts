import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { isDeliverySignature, KANNEL_DELIVERY_PATH } from '../gateways/delivery-link.ts'
import { readKannelReport } from '../gateways/kannel.ts'
import { Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** Where Kannel reports what became of an SMS. The signature in the link is its only credential. */
export const kannelRoutes: FastifyPluginAsyncZod<ServerDeps> = async (
  app,
  { store, signingKey },
) => {
  app.get(
    KANNEL_DELIVERY_PATH,
    {
      schema: {
        summary: "Kannel's delivery reports, by signed link",
        querystring: z.object({
          message: z.uuid(),
          submission: z.uuid(),
          signature: z.string().max(128),
          report: z.coerce.number().int(),
        }),
        response: { 200: z.strictObject({ ok: z.literal(true) }), 403: RelayProblem },
      },
    },
    async (request) => {
      const { message, submission, signature, report } = request.query
      if (!isDeliverySignature(signingKey, message, submission, signature)) {
        throw new Refusal({ code: 'forbidden', message: 'the signature does not fit' })
      }
      const meaning = readKannelReport(report)
      if (meaning) await store.record(message, meaning.event, meaning.detail)
      request.log.info({ messageId: message, report }, 'delivery report')
      return { ok: true as const }
    },
  )
}
