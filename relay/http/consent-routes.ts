import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  Consent,
  ConsentRequest,
  Consents,
  ConsentWithdrawalRequest,
} from '../../lib/contracts/relay-stop-desk.ts'
import { StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { addConsent, consentsOf, withdrawConsent } from '../stop-list/consents.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

const security = [{ token: [] }]
const headers = IdempotencyHeaders

/** The legal basis of contacts: on record, looked up by subject, taken back. */
export const consentRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  const roles = PERMISSIONS['stop_list.use']
  const repeatable = (request: FastifyRequest) => ({
    db,
    personId: callerOf(request).personId,
    key: idempotencyKeyOf(request),
    request: { method: request.method, url: request.url, body: request.body },
  })

  app.post(
    '/v1/consents',
    {
      config: { roles },
      schema: {
        security,
        headers,
        body: ConsentRequest,
        response: { 201: Consent, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const made = await once(repeatable(request), (trx) =>
        addConsent(trx, callerOf(request), request.body),
      )
      return reply.status(201).send(orRefuse(made))
    },
  )

  app.get(
    '/v1/consents',
    {
      config: { roles },
      schema: {
        security,
        querystring: z.object({ kind: z.enum(['phone', 'mail', 'company']), value: z.string() }),
        response: { 200: Consents, ...PROBLEMS },
      },
    },
    async ({ query }) => {
      const subject = StopSubject.safeParse(query)
      if (subject.success) return { consents: await consentsOf(db, subject.data) }
      throw new Refusal({ code: 'invalid', message: 'value: no subject of this kind' })
    },
  )

  app.post(
    '/v1/consents/:id/withdrawal',
    {
      config: { roles },
      schema: {
        security,
        params: z.object({ id: z.uuid() }),
        headers,
        body: ConsentWithdrawalRequest,
        response: { 200: Consent, ...PROBLEMS },
      },
    },
    async (request) =>
      orRefuse(
        await once(repeatable(request), (trx) =>
          withdrawConsent(trx, callerOf(request), request.params.id, request.body.words),
        ),
      ),
  )
}
