import type { AttemptDraft, SavedAttempt } from '../contracts/attempt.ts'
import { type CardKey, cardKey } from '../contracts/card.ts'
import type { Effect, EffectType, StoredEffect } from '../contracts/effect.ts'
import type { Ledger } from '../contracts/panel.ts'
import type { Action } from '../contracts/relay-actions.ts'
import { addActions } from './actions.ts'
import type { Outbox } from './database.ts'

export interface PlannedEffect {
  effect: Effect
  /** Not before this instant, epoch milliseconds: what leaves the house waits for an undo. */
  dueAt: number
}

export interface SaveInput {
  attempt: SavedAttempt
  /** In the order in which they are to be written. */
  effects: readonly PlannedEffect[]
  /** What the action log is to be told of it. */
  actions?: readonly Action[]
  /** Epoch milliseconds. */
  now: number
}

/**
 * Saves a result: the attempt, its effects and the end of its draft in one transaction, so that
 * it is all there or not at all. Saving the same attempt again changes nothing and gives what
 * was saved first (`isRepeated`): two clicks on «save» are one result.
 */
export async function saveResult(
  db: Outbox,
  { attempt, effects, actions = [], now }: SaveInput,
): Promise<{ ledger: Ledger; isRepeated: boolean }> {
  const { attemptId } = attempt
  const key = cardKey(attempt.card)
  return db.transaction('rw', db.attempts, db.effects, db.drafts, db.actions, async () => {
    // One round of reading and one of writing: each await is a way to the browser's process and
    // back, and the operator waits for the sum of them.
    const [first, earlier, draft] = await Promise.all([
      db.attempts.get(attemptId),
      effectsOfCard(db, key),
      db.drafts.get(key),
    ])
    if (first !== undefined) {
      const stored = earlier.filter((effect) => effect.attemptId === attemptId)
      return { ledger: { attempt: first.attempt, effects: stored }, isRepeated: true }
    }
    const stored = storedEffects(earlier, { attemptId, key, effects, now })
    await Promise.all([
      db.effects.bulkAdd(stored),
      db.attempts.add({ attemptId, cardKey: key, savedAtMs: now, attempt }),
      draft?.draft.attemptId === attemptId && db.drafts.delete(key),
      addActions(db, actions),
    ])
    return { ledger: { attempt, effects: stored }, isRepeated: false }
  })
}

/**
 * Ends an attempt without a result: its draft goes and what is to be written instead comes, in
 * one transaction. False, and nothing is changed, when this draft is not there (any more).
 */
export async function closeWithoutResult(
  db: Outbox,
  {
    draft,
    effects,
    actions = [],
    now,
  }: { draft: AttemptDraft } & Pick<SaveInput, 'effects' | 'actions' | 'now'>,
): Promise<boolean> {
  const { attemptId } = draft
  const key = cardKey(draft.card)
  return db.transaction('rw', db.effects, db.drafts, db.actions, async () => {
    const [earlier, kept] = await Promise.all([effectsOfCard(db, key), db.drafts.get(key)])
    if (kept?.draft.attemptId !== attemptId) return false
    const stored = storedEffects(earlier, { attemptId, key, effects, now })
    await Promise.all([db.effects.bulkAdd(stored), db.drafts.delete(key), addActions(db, actions)])
    return true
  })
}

/** Keeps one write that belongs to no result, to be delivered as they are. Returns its id. */
export async function saveEffect(
  db: Outbox,
  { effect, now }: { effect: Effect; now: number },
): Promise<string> {
  const { attemptId } = effect
  const key = cardKey(effect.card)
  return db.transaction('rw', db.effects, async () => {
    const planned = [{ effect, dueAt: now }]
    const earlier = await effectsOfCard(db, key)
    const stored = storedEffects(earlier, { attemptId, key, effects: planned, now })
    await db.effects.bulkAdd(stored)
    return stored[0]?.id ?? ''
  })
}

/** Whether a write has arrived; one that is no longer kept arrived long ago. */
export async function isDelivered(db: Outbox, effectId: string): Promise<boolean> {
  const stored = await db.effects.get(effectId)
  return !stored || stored.state === 'done'
}

/** All effects of a card, in their order. */
function effectsOfCard(db: Outbox, key: CardKey): Promise<StoredEffect[]> {
  return db.effects.where('cardKey').equals(key).sortBy('seq')
}

/** Puts effects behind all that the card has already. */
function storedEffects(
  earlier: readonly StoredEffect[],
  {
    attemptId,
    key,
    effects,
    now,
  }: { attemptId: string; key: CardKey } & Pick<SaveInput, 'effects' | 'now'>,
): StoredEffect[] {
  const firstSeq = 1 + (earlier.at(-1)?.seq ?? -1)
  const ids = effectIds(attemptId, effects)
  return effects.map(({ effect, dueAt }, index) => ({
    id: ids[index] ?? '',
    attemptId,
    cardKey: key,
    seq: firstSeq + index,
    effect,
    state: 'waiting',
    dueAt,
    tries: 0,
    reason: null,
    detail: null,
    remoteId: null,
    message: null,
    updatedAt: now,
  }))
}

/** `<attemptId>:<type>`, and `:<n>` from the second of a type on. */
function effectIds(attemptId: string, effects: readonly PlannedEffect[]): string[] {
  const counts = new Map<EffectType, number>()
  return effects.map(({ effect: { type } }) => {
    const n = (counts.get(type) ?? 0) + 1
    counts.set(type, n)
    return n === 1 ? `${attemptId}:${type}` : `${attemptId}:${type}:${n}`
  })
}
