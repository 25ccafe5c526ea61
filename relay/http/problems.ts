import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { Result } from '../../lib/contracts/common.ts'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'

const STATUS: Record<RelayProblem['code'], number> = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 400,
  not_found: 404,
  idempotency_conflict: 409,
  conflict: 409,
  idempotency_key_required: 400,
  too_many_requests: 429,
  too_large: 413,
  pairing_code_unknown: 404,
  pairing_code_used: 410,
  pairing_code_expired: 410,
  not_configured: 501,
  unavailable: 503,
  internal: 500,
}

/** A refusal on its way out: thrown by routes, turned into an answer by `answerError`. */
export class Refusal extends Error {
  readonly problem: RelayProblem
  constructor(problem: RelayProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The value of what went well; a refusal is thrown, for `answerError`. */
export function orRefuse<T>(result: Result<T, RelayProblem>): T {
  if (result.ok) return result.value
  throw new Refusal(result.reason)
}

/** What any route may be answered, for its schema. */
export const PROBLEMS = {
  '4xx': RelayProblem,
  '5xx': RelayProblem,
} as const

export function sendProblem(reply: FastifyReply, problem: RelayProblem): FastifyReply {
  return reply.status(STATUS[problem.code]).send(problem)
}

/** Every error leaves as a RelayProblem, and none tells of our insides. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error)
  if (STATUS[problem.code] >= 500) request.log.error({ err: error }, 'request failed')
  return sendProblem(reply, problem)
}

function toProblem(error: FastifyError | Refusal): RelayProblem {
  if (error instanceof Refusal) return error.problem
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0]
    const path = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`
    return { code: 'invalid', message: `${path}: ${first?.message ?? 'not as documented'}` }
  }
  if (isDatabaseAway(error)) return { code: 'unavailable', message: 'try again in a moment' }
  switch (error.statusCode) {
    case 413:
      return { code: 'too_large', message: 'the request is larger than any message needs' }
    case 415:
      return { code: 'invalid', message: 'content-type must be application/json' }
    case 429:
      return { code: 'too_many_requests', message: 'slow down: see the header Retry-After' }
    case 400:
      return { code: 'invalid', message: 'the body must be a JSON object' }
    default:
      return { code: 'internal', message: 'the relay made a mistake; its log tells more' }
  }
}

/** Classes 08 (connection), 53 (resources), 57 (operator intervention), and no server at all. */
function isDatabaseAway(error: { code?: string }): boolean {
  return /^(08|53|57)\w{3}$|^ECONN(REFUSED|RESET)$/.test(error.code ?? '')
}
