import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from './problems.ts'

const IdempotencyKey = z.string().min(1).max(128)

/** Goes into the schema of every write; its absence is told by `idempotencyKeyOf`, more kindly. */
export const IdempotencyHeaders = z.object({ 'idempotency-key': z.string().optional() })

/** @throws Refusal when the request has no key, or one that is too long. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string {
  const key = IdempotencyKey.safeParse(headers['idempotency-key'])
  if (key.success) return key.data
  throw new Refusal({
    code: 'idempotency_key_required',
    message: 'send the header Idempotency-Key, 1 to 128 characters',
  })
}
