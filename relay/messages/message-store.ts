import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { MessageDetail } from '../../lib/contracts/effect.ts'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'
import type { Database, MessageTable } from '../database/schema.ts'
import { type MessageEvent, nextState } from './message-state.ts'

export type MessageRow = Selectable<MessageTable>

/** How long a submission may take before it counts as in doubt. Longer than any gateway's time-out. */
const DOUBT_AFTER_SECONDS = 60

export class MessageStore {
  /** Rings the id of a message whose state changed in this process. */
  readonly changes = new EventEmitter().setMaxListeners(0)
  private readonly db: Kysely<Database>

  constructor(db: Kysely<Database>) {
    this.db = db
  }

  /** A message of this person; another person's does not exist for them. */
  async find(id: string, personId: string): Promise<RelayMessage | null> {
    const row = await this.db
      .selectFrom('message')
      .selectAll()
      .where('id', '=', id)
      .where('person_id', '=', personId)
      .executeTakeFirst()
    return row ? toRelayMessage(row) : null
  }

  /**
   * Marks a queued message as being submitted, before the gateway hears of it, and returns it. Null
   * when it is not queued any more: then somebody else has it, or its fate is open; and when the
   * stop list bars it by now, which ends it. A check that fails leaves it queued.
   */
  async claim(
    id: string,
    isStopped: (row: MessageRow, trx: Transaction<Database>) => Promise<boolean>,
  ): Promise<(MessageRow & { submission_id: string }) | null> {
    const submissionId = randomUUID()
    const { row, stopped } = await this.db.transaction().execute(async (trx) => {
      const row = await change(trx, id, 'claimed', null, {
        submission_id: submissionId,
        submitted_at: new Date(),
        tries: sql<number>`tries + 1`,
      })
      const stopped = row !== null && (await isStopped(row, trx))
      if (stopped) await change(trx, id, 'refused', 'on_stop_list')
      return { row, stopped }
    })
    if (stopped) this.changes.emit(id)
    return row && !stopped ? { ...row, submission_id: submissionId } : null
  }

  /**
   * Records an event; returns whether it changed the state. `also` runs in the same transaction,
   * only if it did.
   */
  async record(
    id: string,
    event: MessageEvent,
    detail: MessageDetail | null,
    also: (trx: Transaction<Database>) => Promise<void> = async () => {},
  ): Promise<boolean> {
    const row = await this.db.transaction().execute(async (trx) => {
      const changed = await change(trx, id, event, detail)
      if (changed) await also(trx)
      return changed
    })
    if (row) this.changes.emit(id)
    return row !== null
  }

  /** Notes that nobody knows whether the gateway took this message. */
  async doubt(id: string): Promise<void> {
    await this.db
      .updateTable('message')
      .set({ detail: 'in_doubt', updated_at: new Date() })
      .where('id', '=', id)
      .where('state', '=', 'submitting')
      .execute()
  }

  /**
   * Notes the doubt for messages whose relay died in the middle of a submission; returns how many.
   * They stay `submitting`: see the delivery worker for why they are never sent again.
   */
  async doubtAbandoned(): Promise<number> {
    const { numUpdatedRows } = await this.db
      .updateTable('message')
      .set({ detail: 'in_doubt', updated_at: new Date() })
      .where('state', '=', 'submitting')
      .where('detail', 'is', null)
      .where('submitted_at', '<', sql<Date>`now() - make_interval(secs => ${DOUBT_AFTER_SECONDS})`)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  }
}

async function change(
  trx: Transaction<Database>,
  id: string,
  event: MessageEvent,
  detail: MessageDetail | null,
  more: object = {},
): Promise<MessageRow | null> {
  const row = await trx
    .selectFrom('message')
    .select('state')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  const state = row ? nextState(row.state, event) : null
  if (state === null) return null
  return trx
    .updateTable('message')
    .set({ state, detail, updated_at: new Date(), ...more })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function toRelayMessage(
  row: Pick<MessageRow, 'id' | 'channel' | 'state' | 'detail' | 'updated_at'>,
): RelayMessage {
  const { id, channel, state, detail } = row
  return { id, channel, state, detail, updatedAt: row.updated_at.toISOString() }
}
