import { sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Database } from '../database/schema.ts'

/**
 * Takes one from a person's quota of this day (UTC), over all relays and tokens; refused when
 * nothing is left. In the transaction of what is counted: what is rolled back costs nothing.
 */
export async function takeQuota(
  trx: Transaction<Database>,
  personId: string,
  quota: string,
  perDay: number,
): Promise<Result<null, RelayProblem>> {
  const { used } = await trx
    .insertInto('quota_use')
    .values({
      person_id: personId,
      quota,
      day: sql<string>`(now() at time zone 'utc')::date`,
      used: 1,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['person_id', 'quota', 'day'])
        .doUpdateSet({ used: sql<number>`quota_use.used + 1` }),
    )
    .returning('used')
    .executeTakeFirstOrThrow()
  if (used <= perDay) return { ok: true, value: null }
  const message = `the quota of this day is used up: ${perDay} ${quota}`
  return { ok: false, reason: { code: 'too_many_requests', message } }
}

/** Until quotas begin anew, in whole seconds. */
export function secondsToMidnight(now: Date): number {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)
  return Math.ceil((midnight - now.getTime()) / 1_000)
}
