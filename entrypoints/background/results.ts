import type { AttemptDraft, Operator, SavedAttempt } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import { destinationOf, type Effect } from '../../lib/contracts/effect.ts'
import type { SaveReply } from '../../lib/contracts/messages.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { saveResult } from '../../lib/outbox/save.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import { planEffects } from '../../lib/outcomes/plan-effects.ts'
import { recordOf } from '../../lib/outcomes/record.ts'
import { situationOf } from '../../lib/outcomes/situation.ts'
import type { Desk } from './world.ts'

/**
 * Saving a result: the rules decide, one transaction keeps the attempt and its effects, and the
 * operator goes on. Nothing here waits for the portal.
 */
export function serveResults(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  onSaved: () => void,
): void {
  answer('result.save', async ({ card, attemptId }): Promise<SaveReply> => {
    await ready
    const { campaign, operator, drafts, cards } = desk.world
    const draft = drafts.get(cardKey(card))
    if (!campaign || !operator) return { ok: false, reason: 'not_configured' }
    if (!draft || draft.attemptId !== attemptId) return { ok: false, reason: 'nothing_to_save' }

    const savedAt = new Date()
    const state = cards.get(cardKey(card)) ?? null
    const situation = situationOf({
      draft,
      card: state,
      taken: await takenCallbacks(db, savedAt),
      now: savedAt.toISOString(),
    })
    if (!situation) return { ok: false, reason: 'nothing_to_save' }
    const judged = decide(campaign, situation)
    if (!judged.accepted) return { ok: false, reason: 'violations', violations: judged.violations }

    const record = recordOf({ decision: judged.decision, draft, campaign, operator, savedAt })
    const attempt: SavedAttempt = {
      attemptId,
      card,
      savedAt: savedAt.toISOString(),
      decision: judged.decision,
      record,
    }
    const effects = planEffects({ attempt, draft, campaign, operator, card: state })
    const { ledger } = await saveResult(db, {
      attempt,
      effects: effects.map((effect) => ({ effect, dueAt: dueAtOf(effect, campaign, savedAt) })),
      now: savedAt.getTime(),
    })
    desk.change((world) => {
      world.drafts.delete(cardKey(card))
      world.ledgers.set(cardKey(card), ledger)
      world.undelivered += ledger.effects.length
      const known = world.cards.get(cardKey(card))
      if (known) world.cards.set(cardKey(card), { ...known, history: [...known.history, record] })
    })
    onSaved()
    return { ok: true, value: { attemptId, decision: judged.decision } }
  })
}

/** What leaves the house waits until a change of mind is no longer possible (decisions: undo). */
function dueAtOf({ type }: Effect, { undoSeconds }: Campaign, savedAt: Date): number {
  const isOutward = destinationOf(type) === 'relay' || type === 'notification'
  return savedAt.getTime() + (isOutward ? undoSeconds * 1000 : 0)
}

/** Callbacks that this operator has promised already and that are still to come. */
async function takenCallbacks(db: Outbox, now: Date): Promise<string[]> {
  const attempts = await db.attempts.toArray()
  return attempts
    .map(({ attempt }) => attempt.decision.callbackAt)
    .filter((at): at is string => at !== null && Date.parse(at) > now.getTime())
}
