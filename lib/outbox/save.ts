import type { SavedAttempt } from '../contracts/attempt.ts'
import { cardKey } from '../contracts/card.ts'
import type { Effect, EffectType, StoredEffect } from '../contracts/effect.ts'
import type { Ledger } from '../contracts/panel.ts'
import type { Outbox } from './database.ts'
import { ledgerOf } from './ledger.ts'

export interface PlannedEffect {
  effect: Effect
  /** Not before this instant, epoch milliseconds: what leaves the house waits for an undo. */
  dueAt: number
}

export interface SaveInput {
  attempt: SavedAttempt
  /** In the order in which they are to be written. */
  effects: readonly PlannedEffect[]
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
  { attempt, effects, now }: SaveInput,
): Promise<{ ledger: Ledger; isRepeated: boolean }> {
  const { attemptId } = attempt
  const key = cardKey(attempt.card)
  return db.transaction('rw', db.attempts, db.effects, db.drafts, async () => {
    // All reads at once, then all writes: each await is a way to the browser's process and back,
    // and the operator waits for the sum of them.
    const [first, earlier, draft] = await Promise.all([
      ledgerOf(db, attemptId),
      db.effects.where('cardKey').equals(key).toArray(),
      db.drafts.get(key),
    ])
    if (first !== null) return { ledger: first, isRepeated: true }

    const firstSeq = 1 + Math.max(-1, ...earlier.map(({ seq }) => seq))
    const ids = effectIds(attemptId, effects)
    const stored = effects.map(
      ({ effect, dueAt }, index): StoredEffect => ({
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
      }),
    )
    await Promise.all([
      db.attempts.add({ attemptId, cardKey: key, savedAtMs: now, attempt }),
      db.effects.bulkAdd(stored),
      draft?.draft.attemptId === attemptId && db.drafts.delete(key),
    ])
    return { ledger: { attempt, effects: stored }, isRepeated: false }
  })
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
