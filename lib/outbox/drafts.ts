import type { AttemptDraft } from '../contracts/attempt.ts'
import { type CardKey, cardKey } from '../contracts/card.ts'
import type { Action } from '../contracts/relay-actions.ts'
import { addActions } from './actions.ts'
import type { Outbox } from './database.ts'

/**
 * Keeps a draft. Refused (false) when it is older than the one kept: a lower revision of the same
 * attempt, an attempt that began earlier, or one whose result is saved already, so that a late
 * keystroke doesn't raise a finished attempt from the dead. What the action log is to be told of
 * the change comes with it.
 */
export async function putDraft(
  db: Outbox,
  draft: AttemptDraft,
  actions: readonly Action[] = [],
): Promise<boolean> {
  const key = cardKey(draft.card)
  return db.transaction('rw', db.drafts, db.attempts, db.actions, async () => {
    const kept = (await db.drafts.get(key))?.draft
    if (kept !== undefined && isOlder(draft, kept)) return false
    if ((await db.attempts.get(draft.attemptId)) !== undefined) return false
    await db.drafts.put({ cardKey: key, draft })
    await addActions(db, actions)
    return true
  })
}

/** The draft of a card; null = none in hand. */
export async function getDraft(db: Outbox, key: CardKey): Promise<AttemptDraft | null> {
  return (await db.drafts.get(key))?.draft ?? null
}

/** All drafts in hand, the one begun last first: what a restarted browser goes on with. */
export async function listDrafts(db: Outbox): Promise<AttemptDraft[]> {
  const rows = await db.drafts.toArray()
  return rows
    .map(({ draft }) => draft)
    .sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt))
}

/** Drops an attempt's draft; that of another attempt at the same card stays. */
export async function removeDraft(db: Outbox, key: CardKey, attemptId: string): Promise<void> {
  await db.transaction('rw', db.drafts, async () => {
    const kept = await db.drafts.get(key)
    if (kept?.draft.attemptId === attemptId) await db.drafts.delete(key)
  })
}

function isOlder(draft: AttemptDraft, kept: AttemptDraft): boolean {
  if (draft.attemptId === kept.attemptId) return draft.revision < kept.revision
  return Date.parse(draft.startedAt) < Date.parse(kept.startedAt)
}
