import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Database } from '../database/schema.ts'

export interface Repeatable {
  db: Kysely<Database>
  /** Whose key it is: another person's equal key is another key. */
  personId: string
  /** The request's `Idempotency-Key`. */
  key: string
  /** Everything that the write is made of; two requests are the same if this is. */
  request: unknown
}

/** What the first request with this key was answered; null = there was none. */
export async function answerBefore<T>({
  db,
  personId,
  key,
  request,
}: Repeatable): Promise<Result<T, RelayProblem> | null> {
  const record = await db
    .selectFrom('idempotency_record')
    .select(['request_hash', 'answer'])
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!record) return null
  if (record.request_hash.equals(hashOf(request))) return { ok: true, value: record.answer as T }
  const message = 'this Idempotency-Key was used for another request'
  return { ok: false, reason: { code: 'idempotency_conflict', message } }
}

/**
 * Writes once for a key: the write and its answer are committed together. A repeat gets the first
 * answer and writes nothing; one that comes at the same time waits for the first. The answer must
 * be plain JSON. What `write` refuses is not kept: the same request may succeed later.
 */
export async function once<T>(
  repeatable: Repeatable,
  write: (trx: Transaction<Database>) => Promise<Result<T, RelayProblem>>,
): Promise<Result<T, RelayProblem>> {
  const { db, personId, key, request } = repeatable
  const before = await answerBefore<T>(repeatable)
  if (before) return before
  const written = await db
    .transaction()
    .execute(async (trx) => {
      // A simultaneous repeat waits here until this transaction ends, and then inserts nothing.
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('idempotency_record')
        .values({ person_id: personId, key, request_hash: hashOf(request), answer: 'null' })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) return null
      const result = await write(trx)
      if (!result.ok) throw new Refused(result.reason)
      await trx
        .updateTable('idempotency_record')
        .set({ answer: JSON.stringify(result.value) })
        .where('person_id', '=', personId)
        .where('key', '=', key)
        .execute()
      return result
    })
    .catch((error: unknown): Result<T, RelayProblem> => {
      if (error instanceof Refused) return { ok: false, reason: error.problem }
      throw error
    })
  if (written) return written
  const answer = await answerBefore<T>(repeatable)
  return answer ?? { ok: false, reason: { code: 'unavailable', message: 'try again' } }
}

/** Rolls a refused write back. */
class Refused extends Error {
  readonly problem: RelayProblem
  constructor(problem: RelayProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Of the meaning, not of the spelling: the order of names in the request does not matter. */
function hashOf(request: unknown): Buffer {
  const sorted = JSON.stringify(request, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(sorted).digest()
}
