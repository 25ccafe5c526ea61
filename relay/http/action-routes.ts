import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import {
  ActionsQuery,
  MAX_ACTIONS_A_REQUEST,
  RelayActions,
  RelayActionsReceipt,
  RelayActionsRequest,
} from '../../lib/contracts/relay-actions.ts'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Role } from '../../lib/contracts/role.ts'
import { judgeActions } from '../actions/action-intake.ts'
import { sightOf } from '../actions/action-sight.ts'
import { actionsAsCsv, recordExport, type ZoneOf } from '../actions/export-actions.ts'
import { createQuota } from '../actions/quota.ts'
import { readActions } from '../actions/read-actions.ts'
import { crashPoint } from '../crash-point.ts'
import { callerOf } from './auth.ts'
import { IdempotencyHeaders } from './idempotency-key.ts'
import { Refusal } from './problems.ts'
import { EVERYBODY } from './roles.ts'
import type { ServerDeps } from './server-deps.ts'

/** 500 actions of the largest kind, their comments included, come near it. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024
/** A 32-bit column; no clock that is worth anything is off by more. */
const LARGEST_SKEW_MS = 2 ** 31 - 1

/** Operators, reps and technicians take no copies away. */
const EXPORTERS: readonly Role[] = ['coordinator', 'head_of_sales', 'quality', 'customer', 'admin']

const problems = {
  400: RelayProblem,
  401: RelayProblem,
  403: RelayProblem,
  413: RelayProblem,
  429: RelayProblem,
  503: RelayProblem,
}

/** The action log: takes what the extensions tell, and shows it to those who may see it. */
export const actionRoutes: FastifyPluginAsyncZod<ServerDeps> = async (app, deps) => {
  const security = [{ token: [] }]
  const quota = createQuota({
    perMinute: deps.actionsPerMinute,
    burst: MAX_ACTIONS_A_REQUEST,
    now: () => performance.now(),
  })

  app.post(
    '/v1/actions',
    {
      config: { roles: EVERYBODY },
      bodyLimit: BODY_LIMIT_BYTES,
      schema: {
        security,
        description:
          'An action is kept once by its id, whoever repeats it and under whatever Idempotency-Key.',
        headers: IdempotencyHeaders,
        body: RelayActionsRequest,
        response: { 200: RelayActionsReceipt, ...problems },
      },
    },
    async (request, reply) => {
      const { personId } = callerOf(request)
      const { sentAt, actions: given } = request.body
      const waitSeconds = quota.take(personId, given.length)
      if (waitSeconds > 0) {
        reply.header('retry-after', waitSeconds)
        throw new Refusal({ code: 'too_many_requests', message: 'more actions than a person does' })
      }
      const { actions, refused } = judgeActions(given)
      const skewMs = Date.now() - Date.parse(sentAt)
      const clockBehindMs = Math.max(-LARGEST_SKEW_MS, Math.min(LARGEST_SKEW_MS, skewMs))
      crashPoint('actions.judged')
      const keeping = deps.actionIntake.keep(
        actions.map(({ action }) => ({ action, personId, clockBehindMs })),
      )
      if (!keeping) {
        reply.header('retry-after', 1)
        throw new Refusal({ code: 'unavailable', message: 'too much at once: come again' })
      }
      const verdicts = await keeping
      // Between the answers of one batch: some have theirs, others never will.
      setImmediate(() => crashPoint('actions.answering'))
      const conflicts = actions.flatMap(({ index }, place) =>
        verdicts[place] === 'conflict'
          ? [{ index, code: 'conflict' as const, message: 'id: of another action' }]
          : [],
      )
      return { kept: actions.length - conflicts.length, refused: [...refused, ...conflicts] }
    },
  )

  app.get(
    '/v1/actions',
    {
      config: { roles: EVERYBODY },
      schema: { security, querystring: ActionsQuery, response: { 200: RelayActions, ...problems } },
    },
    async (request) => {
      const sight = await sightOf(deps.db, callerOf(request))
      const page = await readActions(deps.db, sight, request.query)
      if (!page.ok) throw new Refusal({ code: 'invalid', message: 'cursor: not one of this order' })
      return page.value
    },
  )

  app.get(
    '/v1/actions.csv',
    {
      config: { roles: EXPORTERS, isExport: true },
      schema: {
        security,
        description: 'UTF-8 with BOM, «;», times in the campaign’s zone.',
        querystring: ActionsQuery.omit({ order: true, cursor: true, limit: true }),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const sight = await sightOf(deps.db, caller)
      // First the trace, then the copy: one that breaks off in the middle was taken all the same.
      await recordExport(deps.db, caller.personId, Object.keys(request.query))
      const zoneOf: ZoneOf = async (campaign) =>
        (await deps.campaigns.find(campaign))?.timeZone ?? 'UTC'
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="actions.csv"')
        .send(Readable.from(actionsAsCsv(deps.db, sight, request.query, zoneOf)))
    },
  )
}
