import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  StopImportOptions,
  StopImportReport,
  StopListQuery,
} from '../../lib/contracts/relay-stop-desk.ts'
import { parseScope } from '../../lib/stop-list/canonical.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { entriesAsCsv } from '../stop-list/export-entries.ts'
import { importEntries } from '../stop-list/import-entries.ts'
import { parseTerm } from '../stop-list/read-csv.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** A hundred thousand lines with a few words each. */
const FILE_LIMIT_BYTES = 16 * 1024 * 1024

const security = [{ token: [] }]
const roles = PERMISSIONS['stop_list.keep']

/** The stop list as files: in and out. */
export const stopListFileRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db }) => {
  const parseAs = { parseAs: 'buffer', bodyLimit: FILE_LIMIT_BYTES } as const
  app.addContentTypeParser('text/csv', parseAs, (_, body, done) => done(null, body))

  app.post(
    '/v1/stop-list/import',
    {
      bodyLimit: FILE_LIMIT_BYTES,
      config: { roles },
      schema: {
        security,
        description: 'The body is the file, as text/csv: `;`, `,` or tab, UTF-8 or Windows-1251.',
        consumes: ['text/csv'],
        headers: IdempotencyHeaders,
        querystring: StopImportOptions,
        response: { 200: StopImportReport, ...PROBLEMS },
      },
    },
    async (request) => {
      const { body, query } = request
      if (!Buffer.isBuffer(body)) {
        throw new Refusal({ code: 'invalid', message: 'send the file as text/csv' })
      }
      if (!parseScope(query.scope)) {
        throw new Refusal({ code: 'invalid', message: 'scope: global, customer:… or campaign:…' })
      }
      if (!parseTerm(query.term)) {
        throw new Refusal({ code: 'invalid', message: 'term: permanent, until_reviewed or a day' })
      }
      const caller = callerOf(request)
      const digest = createHash('sha256').update(body).digest('base64url')
      const repeatable = {
        db,
        personId: caller.personId,
        key: idempotencyKeyOf(request),
        request: { url: request.url, digest },
      }
      return orRefuse(
        await once<StopImportReport>(repeatable, async (trx) => ({
          ok: true,
          value: await importEntries(trx, caller, body, query),
        })),
      )
    },
  )

  app.get(
    '/v1/stop-list/export.csv',
    {
      config: { roles, isExport: true },
      schema: {
        security,
        description: 'UTF-8 with BOM, «;», times in UTC. An import reads it back.',
        querystring: StopListQuery.omit({ cursor: true, limit: true }),
        produces: ['text/csv'],
        response: { 200: z.unknown(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      // First the trace, then the copy: one that breaks off in the middle was taken all the same.
      const event = {
        kind: 'data.exported',
        actor: callerOf(request),
        subject: 'stop_list',
      } as const
      await db.transaction().execute((trx) => recordAudit(trx, event))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="stop-list.csv"')
        .send(Readable.from(entriesAsCsv(db, request.query)))
    },
  )
}
