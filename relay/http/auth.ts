import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import type { Access } from '../people/role-access.ts'
import { createFailures } from '../quotas/failures.ts'
import type { LastUse } from '../tokens/last-use.ts'
import { type Caller, findCallerWithAccess } from '../tokens/token-store.ts'
import { Refusal } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
    /** What the caller's role sees and takes away. */
    access: Access | null
  }
}

const BEARER = /^Bearer +(\S+)$/i

/** Requests without a valid token from one address: so many a minute are told what is wrong. */
const TRIALS = { max: 60, windowMs: 60_000 }

export interface Door {
  db: Kysely<Database>
  lastUse: LastUse
  log: Pick<Logger, 'error'>
}

/**
 * Lets a request pass only with a valid token; the same answer whatever is wrong with it. A valid
 * token passes whatever others behind the same address do: a call centre has one address.
 */
export function authenticate({ db, lastUse, log }: Door) {
  const failures = createFailures(TRIALS)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
    const found = token ? await findCallerWithAccess(db, token) : null
    if (found) {
      request.caller = found.caller
      request.access = found.access
      return lastUse.note(found.caller.tokenId)
    }
    const { over, first, retryAfterSeconds } = failures.note(request.ip)
    if (first) await recordFailures(db, 'sign_in.failures', request.ip, log)
    if (!over)
      throw new Refusal({ code: 'unauthorized', message: 'a valid Bearer token is needed' })
    reply.header('retry-after', retryAfterSeconds)
    throw new Refusal({ code: 'too_many_requests', message: 'too many requests without a token' })
  }
}

/** Writes one line for a burst of failures; a burst must not fail for want of it. */
export async function recordFailures(
  db: Kysely<Database>,
  kind: 'sign_in.failures' | 'pairing.failures',
  address: string,
  log: Pick<Logger, 'error'>,
): Promise<void> {
  const event = { kind, actor: 'relay', subject: `address:${address}` } as const
  await db
    .transaction()
    .execute((trx) => recordAudit(trx, event))
    .catch((err: unknown) => log.error({ err }, 'failures could not be recorded'))
}

/** Whose request this is, behind `authenticate`. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('route is not behind authenticate')
  return request.caller
}
