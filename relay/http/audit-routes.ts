import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AuditVerdict } from '../../lib/contracts/relay-audit.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { exportAudit } from '../audit/export.ts'
import { verifyAudit } from '../audit/verify.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { callerOf } from './auth.ts'
import { PROBLEMS } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson' }

/** The audit log: whether it is whole, and all of it as a file. */
export const auditRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  const security = [{ token: [] }]
  const roles = PERMISSIONS['audit.read']

  app.get(
    '/v1/audit/verification',
    { config: { roles }, schema: { security, response: { 200: AuditVerdict, ...PROBLEMS } } },
    () => verifyAudit(db),
  )

  app.get(
    '/v1/audit',
    {
      config: { roles, isExport: true },
      schema: {
        security,
        querystring: z.object({ format: z.enum(['csv', 'jsonl']).default('jsonl') }),
      },
    },
    async (request, reply) => {
      const { format } = request.query
      const event = { kind: 'data.exported', actor: callerOf(request), subject: 'audit' } as const
      await db.transaction().execute((trx) => recordAudit(trx, event))
      reply
        .type(TYPES[format])
        .header('content-disposition', `attachment; filename="audit.${format}"`)
      return reply.send(Readable.from(exportAudit(db, format)))
    },
  )
}
