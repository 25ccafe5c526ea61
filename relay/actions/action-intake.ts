import { type Kysely, sql } from 'kysely'
import { cardKey } from '../../lib/contracts/card.ts'
import { Action, type ActionRefusal } from '../../lib/contracts/relay-actions.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import { createMicroBatch } from './micro-batch.ts'

/** An action on its way into the log. */
export interface NewAction {
  action: Action
  /** Null = the relay's own. */
  personId: string | null
  clockBehindMs: number
}

export interface ActionIntake {
  /**
   * Keeps actions, each once: what comes back as `kept` is committed, now or since an earlier
   * time. `conflict` = the id belongs to another action. Null when too much waits: come again.
   */
  keep(actions: readonly NewAction[]): Promise<('kept' | 'conflict')[]> | null
  /** Resolves when all that was taken is written. */
  idle(): Promise<void>
}

/** The most that waits: at about 1 kB an action this is 20 MB. */
const WAITING_ACTIONS = 20_000
const BATCH_ACTIONS = 500

export function createActionIntake(db: Kysely<Database>): ActionIntake {
  const batch = createMicroBatch<NewAction, 'kept' | 'conflict'>({
    write: (actions) => write(db, actions),
    isOfOneItem: isDataError,
    batchItems: BATCH_ACTIONS,
    waitingItems: WAITING_ACTIONS,
  })
  return { keep: batch.add, idle: batch.idle }
}

/** Keeps the relay's own actions within a transaction of what they tell. */
export async function recordActions(
  trx: Kysely<Database>,
  actions: readonly { action: Action; personId: string | null }[],
): Promise<void> {
  await insert(
    trx,
    actions.map((one) => ({ ...one, clockBehindMs: 0 })),
  )
}

async function write(
  db: Kysely<Database>,
  actions: readonly NewAction[],
): Promise<('kept' | 'conflict')[]> {
  const inserting = insert(db, actions)
  // By then the statement is on its way to the database, and whether it commits nobody knows.
  setImmediate(() => crashPoint('actions.writing'))
  const fresh = await inserting
  crashPoint('actions.committed')
  // The first of an id that came in is the one that was inserted; all others must equal it.
  const repeated = actions.filter(({ action }) => !fresh.delete(action.id))
  if (repeated.length === 0) return actions.map(() => 'kept')
  const foreign = await conflicts(db, repeated)
  return actions.map((one) => (foreign.has(one) ? 'conflict' : 'kept'))
}

/**
 * One statement, so one transaction and one way to the database and back. In order of ids, so that
 * two relays that are sent the same actions wait for each other and never in a circle. Returns the
 * ids that were new.
 */
async function insert(
  db: Kysely<Database>,
  actions: readonly NewAction[],
): Promise<Map<string, true>> {
  const { rows } = await sql<{ id: string }>`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(actions.map(toRow))}::json) as given (
        id uuid, at timestamptz, clock_behind_ms integer, person_id uuid, by text, kind text,
        campaign_id text, campaign_version integer, card_key text, attempt_id uuid, event jsonb,
        place integer, has_personal boolean, phone text, email text, text text)
    ), fresh as (
      insert into action (id, at, clock_behind_ms, person_id, by, kind, campaign_id,
        campaign_version, card_key, attempt_id, event)
      select id, at, clock_behind_ms, person_id, by, kind, campaign_id, campaign_version, card_key,
        attempt_id, event
      from given order by id, place
      on conflict (id) do nothing
      returning id
    ), personal as (
      insert into action_personal (action_id, phone, email, text)
      select id, phone, email, text from given join fresh using (id) where has_personal
      on conflict (action_id) do nothing
    )
    select id from fresh`.execute(db)
  return new Map(rows.map(({ id }) => [id, true]))
}

function toRow({ action, personId, clockBehindMs }: NewAction, place: number) {
  const { id, at, by, campaign, card, attemptId, event, personal } = action
  return {
    ...{ id, by, event, place },
    // To the millisecond: more the readers could not tell apart.
    at: new Date(at).toISOString(),
    clock_behind_ms: clockBehindMs,
    person_id: personId,
    kind: event.kind,
    campaign_id: campaign?.id,
    campaign_version: campaign?.version,
    card_key: card && cardKey(card),
    attempt_id: attemptId,
    has_personal: personal !== null,
    ...personal,
  }
}

/** Those whose id another action has: another person's, of another kind, or of another time. */
async function conflicts(
  db: Kysely<Database>,
  repeated: readonly NewAction[],
): Promise<Set<NewAction>> {
  const rows = await db
    .selectFrom('action')
    .select(['id', 'person_id', 'kind', 'at'])
    .where('id', 'in', [...new Set(repeated.map(({ action }) => action.id))])
    .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return new Set(
    repeated.filter(({ action, personId }) => {
      const row = known.get(action.id)
      return (
        row?.person_id !== personId ||
        row.kind !== action.event.kind ||
        row.at.getTime() !== Date.parse(action.at)
      )
    }),
  )
}

/** Classes 22 and 23: the database could not keep these very data. */
function isDataError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^2[23]\w{3}$/.test(code)
}

/** Sorts a request into what can be kept and what is refused, each with its place. */
export function judgeActions(given: readonly unknown[]): {
  actions: { index: number; action: Action }[]
  refused: ActionRefusal[]
} {
  const actions: { index: number; action: Action }[] = []
  const refused: ActionRefusal[] = []
  for (const [index, one] of given.entries()) {
    const parsed = Action.safeParse(one)
    if (parsed.success) {
      actions.push({ index, action: parsed.data })
      continue
    }
    const [issue] = parsed.error.issues
    const place = issue?.path.join('.') ?? ''
    refused.push({ index, code: 'invalid', message: `${place}: ${issue?.message ?? 'not valid'}` })
  }
  return { actions, refused }
}
