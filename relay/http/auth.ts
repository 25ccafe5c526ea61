import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { type Caller, findCaller } from '../tokens/token-store.ts'
import { Refusal } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

const BEARER = /^Bearer +(\S+)$/i

/** Lets a request pass only with a valid token; the same answer whatever is wrong with it. */
export function authenticate(db: Kysely<Database>) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
    request.caller = token ? await findCaller(db, token) : null
    if (!request.caller) {
      throw new Refusal({ code: 'unauthorized', message: 'a valid Bearer token is needed' })
    }
  }
}

/** Whose request this is, behind `authenticate`. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error('route is not behind authenticate')
  return request.caller
}
