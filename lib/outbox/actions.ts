import type { Result } from '../contracts/common.ts'
import type {
  Action,
  ActionRefusal,
  RelayActionsReceipt,
  RelayActionsRequest,
} from '../contracts/relay-actions.ts'
import type { Outbox } from './database.ts'

/** An action that the relay hasn't acknowledged yet. */
export interface ActionRow {
  id: string
  /** Order in which they were noted: epoch milliseconds, and a fraction within one. */
  notedAt: number
  action: Action
}

let lastNotedAt = 0

/** Puts actions into the outbox, within the caller's transaction if there is one; each id once. */
export async function addActions(db: Outbox, actions: readonly Action[]): Promise<void> {
  if (actions.length === 0) return
  const rows = actions.map((action): ActionRow => {
    lastNotedAt = Math.max(Date.now(), lastNotedAt + 0.001)
    return { id: action.id, notedAt: lastNotedAt, action }
  })
  await db.actions.bulkPut(rows)
}

export interface ActionDelivery {
  db: Outbox
  /** `refused` = the relay never takes this request as it is; `away` covers all that may pass. */
  post(request: RelayActionsRequest): Promise<Result<RelayActionsReceipt, 'away' | 'refused'>>
  /** Epoch milliseconds. */
  now(): number
  /** Actions that will never be kept: a bug on one of the two sides. */
  onRefused(refusals: readonly Pick<ActionRefusal, 'code' | 'message'>[]): void
}

const REQUEST_ACTIONS = 200

/**
 * Delivers all that waits, oldest first. What was acknowledged goes from the outbox; if that is
 * not reached any more it is sent again, and the relay knows it by its id. True = nothing waits.
 */
export async function deliverActions(delivery: ActionDelivery): Promise<boolean> {
  const { db, post, now, onRefused } = delivery
  let size = REQUEST_ACTIONS
  for (;;) {
    const rows = await db.actions.orderBy('notedAt').limit(size).toArray()
    if (rows.length === 0) return true
    const request = {
      sentAt: new Date(now()).toISOString(),
      actions: rows.map(({ action }) => action),
    }
    const answer = await post(request)
    if (!answer.ok && answer.reason === 'away') return false
    if (!answer.ok && rows.length > 1) {
      // One of them spoils the request: look for it, so that the others get through.
      size = Math.ceil(rows.length / 2)
      continue
    }
    const refusals = answer.ok
      ? answer.value.refused
      : [{ code: 'invalid' as const, message: 'the request was refused' }]
    if (refusals.length > 0) onRefused(refusals)
    await db.actions.bulkDelete(rows.map(({ id }) => id))
  }
}

/** The most that waits for a relay that stays away: some weeks of work. */
const MOST_WAITING = 20_000
/** So many go at once, so that it is not done for each new one. */
const GIVEN_UP = 1_000

/** Gives up the oldest when too many wait, and notes that, so that the log tells of its gap. */
export async function boundActions(
  db: Outbox,
  now: number,
  { most = MOST_WAITING, givenUp = GIVEN_UP } = {},
): Promise<void> {
  await db.transaction('rw', db.actions, async () => {
    if ((await db.actions.count()) <= most) return
    const oldest = await db.actions.orderBy('notedAt').limit(givenUp).toArray()
    const [first] = oldest
    const last = oldest.at(-1)
    if (!first || !last) return
    await db.actions.bulkDelete(oldest.map(({ id }) => id))
    const gap: Action = {
      id: crypto.randomUUID(),
      at: new Date(now).toISOString(),
      by: 'machine',
      ...{ campaign: null, card: null, attemptId: null, personal: null },
      event: {
        kind: 'log.gap',
        count: oldest.length,
        from: first.action.at,
        to: last.action.at,
      },
    }
    await addActions(db, [gap])
  })
}
