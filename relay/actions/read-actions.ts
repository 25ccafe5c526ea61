import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { parseCardKey } from '../../lib/contracts/card.ts'
import type { Result } from '../../lib/contracts/common.ts'
import type { ActionsQuery, LoggedAction, RelayActions } from '../../lib/contracts/relay-actions.ts'
import type { Database } from '../database/schema.ts'
import { type ActionSight, seenBy } from './action-sight.ts'
import { cursorAfter, parseCursor } from './cursor.ts'

/**
 * A page of the log as far as this reader may see it. The place to go on from is a key, not a
 * count: rows that come in meanwhile shift nothing.
 */
export async function readActions(
  db: Kysely<Database>,
  sight: ActionSight,
  query: ActionsQuery,
): Promise<Result<RelayActions, 'cursor'>> {
  const { order, limit } = query
  const cursor = query.cursor === undefined ? null : parseCursor(order, query.cursor)
  if (query.cursor !== undefined && cursor === null) return { ok: false, reason: 'cursor' }

  const columns = columnsOf(order)
  const rows = await selectActions(db)
    .where((eb) => eb.and(conditionsOf(eb, sight, query)))
    .$if(order === 'received', (select) => select.where(isFinal))
    .$if(cursor !== null, (select) => select.where(columns.beyond(cursor?.major, cursor?.minor)))
    .orderBy(columns.major, columns.direction)
    .orderBy('action.seq', columns.direction)
    .limit(limit)
    .execute()
  const last = rows.at(-1)
  const isEnd = rows.length < limit && order === 'newest'
  const next = last ? cursorAfter(order, last) : (query.cursor ?? null)
  const actions = rows.map((row) => toLogged(row, sight))
  return { ok: true, value: { actions, next: isEnd ? null : next } }
}

/**
 * A transaction still under way may hold a lower number than one that is through. Only what is
 * older than all of them is final, so that following the log skips nothing.
 */
const isFinal = sql<boolean>`action.xact < pg_snapshot_xmin(pg_current_snapshot())`

function columnsOf(order: ActionsQuery['order']) {
  type Part = string | undefined
  return order === 'newest'
    ? ({
        major: 'action.at',
        direction: 'desc',
        beyond: (at: Part, seq: Part) =>
          sql<boolean>`(action.at, action.seq) < (${at}::timestamptz, ${seq}::bigint)`,
      } as const)
    : ({
        major: 'action.xact',
        direction: 'asc',
        beyond: (xact: Part, seq: Part) =>
          sql<boolean>`(action.xact, action.seq) > (${xact}::xid8, ${seq}::bigint)`,
      } as const)
}

function selectActions(db: Kysely<Database>) {
  return db
    .selectFrom('action')
    .leftJoin('action_personal', 'action_personal.action_id', 'action.id')
    .leftJoin('person', 'person.id', 'action.person_id')
    .selectAll('action')
    .select([
      'action_personal.action_id as personal_id',
      'action_personal.phone',
      'action_personal.email',
      'action_personal.text',
      'person.name as person_name',
    ])
}
type ActionRow = Awaited<ReturnType<ReturnType<typeof selectActions>['execute']>>[number]

type Tables = Pick<Database, 'action' | 'action_personal'>

function conditionsOf(
  eb: ExpressionBuilder<Tables, 'action'>,
  sight: ActionSight,
  { person, campaign, card, attempt, kind, from, to }: ActionsQuery,
) {
  return [
    ...(sight.personId === null ? [] : [eb('action.person_id', '=', sight.personId)]),
    ...(sight.campaigns === null ? [] : [isOneOf(eb, 'action.campaign_id', sight.campaigns)]),
    ...(person === undefined ? [] : [eb('action.person_id', '=', person)]),
    ...(campaign === undefined ? [] : [eb('action.campaign_id', '=', campaign)]),
    ...(card === undefined ? [] : [eb('action.card_key', '=', card)]),
    ...(attempt === undefined ? [] : [eb('action.attempt_id', '=', attempt)]),
    ...(kind === undefined ? [] : [isOneOf(eb, 'action.kind', kind)]),
    ...(from === undefined ? [] : [eb('action.at', '>=', new Date(from))]),
    ...(to === undefined ? [] : [eb('action.at', '<', new Date(to))]),
  ]
}

/** Nobody's, when there is nothing to choose from. */
function isOneOf(
  eb: ExpressionBuilder<Tables, 'action'>,
  column: 'action.campaign_id' | 'action.kind',
  values: readonly string[],
) {
  return eb(eb.ref(column), '=', eb.fn.any(eb.val([...values])))
}

function toLogged(row: ActionRow, sight: ActionSight): LoggedAction {
  return {
    id: row.id,
    at: row.at.toISOString(),
    by: row.by,
    campaign:
      row.campaign_id === null || row.campaign_version === null
        ? null
        : { id: row.campaign_id, version: row.campaign_version },
    card: row.card_key === null ? null : parseCardKey(row.card_key),
    attemptId: row.attempt_id,
    event: row.event,
    personal: row.personal_id === null ? null : seenBy(sight, row),
    receivedAt: row.received_at.toISOString(),
    clockBehindMs: row.clock_behind_ms,
    person:
      row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? row.person_id },
  }
}
