import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Log } from '../log.ts'
import { retain } from './erase.ts'

const LOOK_EVERY_MS = 60 * 60_000

/** Any number of ours: one relay process at a time. */
const RETENTION_LOCK = 7_720_002

/**
 * Once a day, by one of the relays on this database: removes personal data that had its time.
 * Looks at start and every hour. Returns how to stop.
 */
export async function keepRetention(
  db: Kysely<Database>,
  days: number | null,
  log: Log,
): Promise<() => void> {
  if (days === null) return () => {}
  const look = async () => {
    try {
      const counts = await retainIfDue(db, days)
      if (counts) log.info({ days, counts }, 'personal data that had its time was removed')
    } catch (err) {
      log.error({ err }, 'could not remove personal data that had its time')
    }
  }
  await look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

/** Null when it is not due yet, or another relay is at it. */
export function retainIfDue(
  db: Kysely<Database>,
  days: number,
): Promise<Record<string, number> | null> {
  return db.transaction().execute(async (trx) => {
    const lock = await sql<{ taken: boolean }>`
      select pg_try_advisory_xact_lock(${sql.lit(RETENTION_LOCK)}) as taken`.execute(trx)
    if (!lock.rows[0]?.taken) return null
    const recent = await trx
      .selectFrom('privacy_record')
      .select('id')
      .where('action', '=', 'retain')
      .where('retain_days', '=', days)
      .where('at', '>', sql<Date>`now() - interval '23 hours'`)
      .limit(1)
      .executeTakeFirst()
    return recent ? null : retain(trx, days, 'schedule')
  })
}
