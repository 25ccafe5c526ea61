import { type Kysely, sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'

/** A message of which nobody knows whether its client got it. Without personal data. */
export interface DoubtfulMessage {
  id: string
  channel: string
  campaign: string
  card: string
  since: Date
}

/** Those in doubt, oldest first; a person looks at the client's card and decides. */
export async function listDoubts(db: Kysely<Database>): Promise<DoubtfulMessage[]> {
  const rows = await db
    .selectFrom('message')
    .select(['id', 'channel', 'campaign_id', 'card', 'updated_at'])
    .where('state', '=', 'submitting')
    .where('detail', '=', 'in_doubt')
    .orderBy('updated_at')
    .execute()
  return rows.map(({ id, channel, campaign_id, card, updated_at }) => ({
    id,
    channel,
    campaign: campaign_id,
    card: `${card.kind} ${card.id}`,
    since: updated_at,
  }))
}

/** A person decided that this one was not sent: it goes out. False when it is not in doubt. */
export function sendDoubtful(
  db: Kysely<Database>,
  queue: DeliveryQueue,
  id: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('message')
      .set({ state: 'queued', detail: null, updated_at: new Date() })
      .where('id', '=', id)
      .where('state', '=', 'submitting')
      .where('detail', '=', 'in_doubt')
      .returning('channel')
      .executeTakeFirst()
    if (!row) return false
    await queue.add(trx, row.channel, id)
    await recordDecision(trx, id, 'send')
    return true
  })
}

/** A person decided not to send this one any more. False when it is not in doubt. */
export function dropDoubtful(db: Kysely<Database>, id: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('message')
      .set({ state: 'failed', detail: null, updated_at: new Date() })
      .where('id', '=', id)
      .where('state', '=', 'submitting')
      .where('detail', '=', 'in_doubt')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await recordDecision(trx, id, 'drop')
    return true
  })
}

function recordDecision(
  trx: Transaction<Database>,
  id: string,
  decision: 'send' | 'drop',
): Promise<void> {
  const subject = `message:${id}`
  return recordAudit(trx, {
    kind: 'message.doubt_settled',
    actor: 'command',
    subject,
    detail: { decision },
  })
}

/**
 * After a restore: a message that was on its way when the backup was made may have been sent since.
 * It is in doubt like one whose relay died, so that a person decides, and no client gets it twice.
 */
export async function holdUnsent(trx: Transaction<Database>): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('message')
    .set({
      state: 'submitting',
      detail: 'in_doubt',
      submitted_at: sql<Date>`coalesce(submitted_at, now())`,
      updated_at: new Date(),
    })
    .where('state', 'in', ['queued', 'submitting'])
    // What was in doubt already keeps its time.
    .where(sql<boolean>`(state, coalesce(detail, '')) <> ('submitting', 'in_doubt')`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
