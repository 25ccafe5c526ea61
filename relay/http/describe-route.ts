import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { SUMMARIES } from './summaries.ts'

/** What may be answered to any request, whatever the route. */
const ANY: readonly number[] = [400, 429, 500, 503]
/** And to any that needs a token. */
const SECURED: readonly number[] = [401, 403]
/** And to any write. */
const WRITE: readonly number[] = [409, 413]

/**
 * The OpenAPI description of a route: its zod schemas, and beside the answers that it names those
 * that every route has, so that none is forgotten.
 */
export const describeRoute: typeof jsonSchemaTransform = (data) => {
  const { schema, route } = data
  if (!schema || schema.hide) return jsonSchemaTransform(data)
  const problems = [
    ...ANY,
    ...(schema.security ? SECURED : []),
    ...([route.method].flat().some((method) => method === 'POST' || method === 'PUT') ? WRITE : []),
  ]
  const summary = SUMMARIES[`${[route.method].flat()[0]} ${route.url}`]
  const named = (schema.response ?? {}) as Record<string, unknown>
  const response = {
    ...Object.fromEntries(problems.map((status) => [status, RelayProblem])),
    ...named,
  }
  return jsonSchemaTransform({
    ...data,
    schema: { ...(summary && { summary }), ...schema, response },
  })
}
