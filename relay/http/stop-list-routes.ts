import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import {
  StopEntryTrace,
  StopListCheckAnswer,
  StopListCheckRequest,
  StopListPage,
  StopListQuery,
  StopReversalRequest,
  StopReviewRequest,
} from '../../lib/contracts/relay-stop-desk.ts'
import {
  SignedStopListCopy,
  StopEntry,
  StopListEntries,
  StopListRequest,
} from '../../lib/contracts/relay-stop-list.ts'
import { once } from '../idempotency/once.ts'
import { PERMISSIONS } from '../people/permissions.ts'
import { addEntries } from '../stop-list/add-entries.ts'
import { openCopies } from '../stop-list/copy.ts'
import { reverseEntry, reviewEntry } from '../stop-list/decide.ts'
import { findStops } from '../stop-list/find-stops.ts'
import { listEntries, reviewQueue, traceOf } from '../stop-list/list-entries.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency-key.ts'
import { orRefuse, PROBLEMS, Refusal } from './problems.ts'
import type { ServerDeps } from './server-deps.ts'

/** 500 contacts with all marks of their companies come near it. */
const CHECK_LIMIT_BYTES = 2 * 1024 * 1024
/** 50 subjects and 2,000 letters of four bytes fit. */
const ADD_LIMIT_BYTES = 64 * 1024

const security = [{ token: [] }]
const params = z.object({ id: z.uuid() })
const headers = IdempotencyHeaders

/** The stop list: putting on, asking, the copy, looking, deciding. */
export const stopListRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, { db, sealer }) => {
  const copies = openCopies(db, sealer)
  /** One write for a key; a repetition is answered alike. */
  const repeatable = (request: FastifyRequest) => ({
    db,
    personId: callerOf(request).personId,
    key: idempotencyKeyOf(request),
    request: { method: request.method, url: request.url, body: request.body },
  })

  app.post(
    '/v1/stop-list/entries',
    {
      bodyLimit: ADD_LIMIT_BYTES,
      config: { roles: PERMISSIONS['stop_list.use'] },
      schema: {
        security,
        headers,
        body: StopListRequest,
        response: { 201: StopListEntries, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      if (
        isPaper(request.body.source) &&
        !PERMISSIONS['stop_list.keep'].some((r) => r === caller.role)
      ) {
        throw new Refusal(forbidden('source: your role enters what clients say'))
      }
      const entries = await once(repeatable(request), (trx) =>
        addEntries(trx, caller, request.body),
      )
      return reply.status(201).send({ entries: orRefuse(entries) })
    },
  )

  app.post(
    '/v1/stop-list/check',
    {
      bodyLimit: CHECK_LIMIT_BYTES,
      config: { roles: PERMISSIONS['stop_list.use'] },
      schema: {
        security,
        description: 'Reads only: an Idempotency-Key is not needed.',
        headers,
        body: StopListCheckRequest,
        response: { 200: StopListCheckAnswer, ...PROBLEMS },
      },
    },
    async ({ body }) => {
      const answers = await findStops(db, body.checks)
      return { answers: answers.map((stops) => ({ stops })) }
    },
  )

  app.get(
    '/v1/stop-list/copy',
    {
      // Hashes, which masking would only break.
      config: { roles: PERMISSIONS['stop_list.use'], phones: 'ours' },
      schema: {
        security,
        headers: z.object({ 'if-none-match': z.string().optional() }),
        querystring: z.object({
          since: z.coerce.number().int().nonnegative().optional(),
          salt: z.string().max(64).optional(),
        }),
        response: { 200: SignedStopListCopy, 304: z.undefined(), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { since, salt } = request.query
      const tag = await copies.tag()
      reply.header('cache-control', 'private, no-cache')
      if (request.headers['if-none-match']?.replace(/^W\//, '') === tag) {
        return reply.header('etag', tag).status(304).send()
      }
      // Read before the copy: a change in between is sent once more rather than never.
      const held = since !== undefined && salt !== undefined ? { since, salt } : null
      return reply.header('etag', tag).send({ envelope: await copies.signed(held) })
    },
  )

  app.get(
    '/v1/stop-list/entries',
    {
      config: { roles: PERMISSIONS['stop_list.read'] },
      schema: {
        security,
        querystring: StopListQuery,
        response: { 200: StopListPage, ...PROBLEMS },
      },
    },
    (request) =>
      listEntries(db, request.query, { wholeNumbersOnly: request.access?.masksPhones ?? true }),
  )

  app.get(
    '/v1/stop-list/reviews',
    {
      config: { roles: PERMISSIONS['stop_list.read'] },
      schema: {
        security,
        querystring: StopListQuery.pick({ cursor: true, limit: true }),
        response: { 200: StopListPage, ...PROBLEMS },
      },
    },
    ({ query }) => reviewQueue(db, query),
  )

  app.get(
    '/v1/stop-list/entries/:id',
    {
      config: { roles: PERMISSIONS['stop_list.read'] },
      schema: { security, params, response: { 200: StopEntryTrace, ...PROBLEMS } },
    },
    async ({ params: { id } }) => {
      const trace = await traceOf(db, id)
      if (trace) return trace
      throw new Refusal({ code: 'not_found', message: 'there is no such entry' })
    },
  )

  app.post(
    '/v1/stop-list/entries/:id/reversal',
    {
      config: { roles: PERMISSIONS['stop_list.keep'] },
      schema: {
        security,
        params,
        headers,
        body: StopReversalRequest,
        response: { 200: StopEntry, ...PROBLEMS },
      },
    },
    async (request) =>
      orRefuse(
        await once(repeatable(request), (trx) =>
          reverseEntry(trx, callerOf(request), request.params.id, request.body.reason),
        ),
      ),
  )

  app.post(
    '/v1/stop-list/entries/:id/review',
    {
      config: { roles: PERMISSIONS['stop_list.keep'] },
      schema: {
        security,
        params,
        headers,
        body: StopReviewRequest,
        response: { 200: StopEntry, ...PROBLEMS },
      },
    },
    async (request) =>
      orRefuse(
        await once(repeatable(request), (trx) =>
          reviewEntry(trx, callerOf(request), request.params.id, request.body),
        ),
      ),
  )
}

/** What comes from a file or an authority, not out of a call. */
function isPaper(source: StopEntry['source']): boolean {
  return source === 'import' || source === 'regulator'
}

function forbidden(message: string): RelayProblem {
  return { code: 'forbidden', message }
}
