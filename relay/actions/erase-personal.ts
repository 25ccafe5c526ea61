import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Of whom: everything that names one of these. */
export interface ErasePersonal {
  phones: readonly string[]
  emails: readonly string[]
  /** See `cardKey`. */
  cardKeys: readonly string[]
  /** Or simply everything that was done before. */
  before: Date | null
}

/**
 * Blanks the personal data of actions: the one change that the log allows. The actions stay, and
 * so does the fact that something was blanked. Returns of how many. Within the caller's
 * transaction, that its own record of the erasure comes true together with it.
 */
export async function erasePersonalOfActions(
  trx: Kysely<Database>,
  { phones, emails, cardKeys, before }: ErasePersonal,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update action_personal set phone = null, email = null, text = null, blanked_at = now()
    where blanked_at is null and (
      phone = any(${[...phones]}::text[])
      or lower(email) = any(${emails.map((email) => email.toLowerCase())}::text[])
      or action_id in (
        select id from action
        where card_key = any(${[...cardKeys]}::text[]) or at < ${before}::timestamptz
      )
    )`.execute(trx)
  return Number(numAffectedRows)
}
