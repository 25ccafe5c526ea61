import { closingAction, resultAction } from '../../lib/action-log/draft-actions.ts'
import type { AttemptDraft, Operator, SavedAttempt } from '../../lib/contracts/attempt.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { Instant } from '../../lib/contracts/common.ts'
import { destinationOf, type Effect } from '../../lib/contracts/effect.ts'
import type { SaveReply } from '../../lib/contracts/messages.ts'
import type { CardState, Ledger, RefusalReason } from '../../lib/contracts/panel.ts'
import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { closeWithoutResult, saveResult } from '../../lib/outbox/save.ts'
import { closingNote } from '../../lib/outcomes/closing-note.ts'
import { decide } from '../../lib/outcomes/decide.ts'
import { offersOf, resultBarOf } from '../../lib/outcomes/offers.ts'
import { planEffects } from '../../lib/outcomes/plan-effects.ts'
import { situationOf } from '../../lib/outcomes/proposal.ts'
import { recordOf } from '../../lib/outcomes/record.ts'
import type { Situation } from '../../lib/outcomes/situation.ts'
import { withWithheld } from '../../lib/outcomes/withheld.ts'
import type { ActionLog } from './action-log.ts'
import { cardStops } from './card-stops.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import type { StopList } from './stop-list.ts'
import type { Desk } from './world.ts'

/**
 * Saving a result: the rules decide, one transaction keeps the attempt and its effects, and the
 * operator goes on. Nothing here waits for the portal.
 */
export function serveResults(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  stopList: Pick<StopList, 'settled'>,
  log: Pick<ActionLog, 'isOn' | 'wake'>,
  onSaved: () => void,
): void {
  answer('result.save', async ({ card, attemptId }): Promise<SaveReply> => {
    await ready
    // An address that was just typed in is looked up too; that takes no request.
    await stopList.settled(card)
    const savedAt = new Date()
    const now = savedAt.toISOString()
    const attempted = attemptIn(desk, { card, attemptId }, now)
    if (!attempted.ok) return attempted
    const { campaign, operator, draft, state, situation } = attempted.value
    const verdict = decide(campaign, situation)
    if (!verdict.accepted)
      return { ok: false, reason: 'violations', violations: verdict.violations }

    const judged = {
      decision: verdict.decision,
      evidence: situation.proposal.evidence,
      card: cardOf(state),
      openTodos: state.todos,
      history: state.history,
      savedAt: now,
      stops: attempted.value.stops,
      hasRelay: desk.world.settings.relay !== null,
      ...{ draft, campaign, operator },
    }
    const decision = withWithheld(judged)
    const plan = { ...judged, decision }
    const attempt = attemptOf(draft, plan)
    const { ledger, isRepeated } = await saveResult(db, {
      attempt,
      effects: planEffects(plan).map((effect) => ({
        effect,
        dueAt: dueAtOf(effect, campaign, savedAt),
      })),
      actions: log.isOn() ? [await resultAction(attempt)] : [],
      now: savedAt.getTime(),
    })
    afterReply(() => {
      if (!isRepeated) show(desk, card, ledger)
      onSaved()
      log.wake()
    })
    return { ok: true, value: { attemptId, decision } }
  })

  answer('draft.close', async ({ card, attemptId }) => {
    await ready
    const closedAt = new Date()
    const attempted = attemptIn(desk, { card, attemptId }, closedAt.toISOString())
    if (!attempted.ok) return attempted
    const { campaign, operator, draft, situation } = attempted.value
    // The rules are the law here too: as long as any outcome could be saved, one must be.
    const bar = resultBarOf(offersOf(campaign, situation))
    if (!bar) return { ok: false, reason: 'not_allowed' }
    const now = closedAt.getTime()
    const effects = closingNote(campaign, draft, operator, bar)
    const isClosed = await closeWithoutResult(db, {
      draft,
      effects: effects.map((effect) => ({ effect, dueAt: now })),
      actions: log.isOn() ? [await closingAction(draft, bar, closedAt.toISOString())] : [],
      now,
    })
    if (!isClosed) return { ok: false, reason: 'nothing_to_save' }
    desk.change((world) => {
      world.drafts.delete(cardKey(card))
      world.undelivered += effects.length
    })
    onSaved()
    log.wake()
    return { ok: true, value: null }
  })
}

/** The operator waits for the reply alone: showing and delivering come behind it. */
function afterReply(act: () => void): void {
  setTimeout(act)
}

interface Attempted {
  campaign: Campaign
  operator: Operator
  draft: AttemptDraft
  state: CardState
  situation: Situation
  stops: CardStop[]
}

/** The attempt in hand, with all that it is judged by; or why there is none to judge. */
function attemptIn(
  desk: Desk,
  { card, attemptId }: { card: CardRef; attemptId: string },
  now: Instant,
): { ok: true; value: Attempted } | { ok: false; reason: RefusalReason } {
  const { operator, drafts, cards, taken, softphone } = desk.world
  const draft = drafts.get(cardKey(card))
  const state = cards.get(cardKey(card))
  const { campaign } = leadCampaignOf(desk.world, card)
  if (!operator) return { ok: false, reason: 'not_configured' }
  if (!draft || !state || draft.attemptId !== attemptId) {
    return { ok: false, reason: 'nothing_to_save' }
  }
  if (!campaign) return { ok: false, reason: 'campaign_unsettled' }
  if (softphone.call && softphone.call.state !== 'ended') return { ok: false, reason: 'busy' }
  const stops = cardStops(desk.world, cardKey(card), campaign)
  const surroundings = { card: cardOf(state), history: state.history, stops, taken, now }
  const situation = situationOf(campaign, draft, surroundings)
  return { ok: true, value: { campaign, operator, draft, state, situation, stops } }
}

function attemptOf(draft: AttemptDraft, plan: Parameters<typeof recordOf>[0]): SavedAttempt {
  const { attemptId, card } = draft
  const { decision, savedAt } = plan
  return { attemptId, card, savedAt, decision, record: recordOf(plan) }
}

/** What the page showed, and what REST knows better, where it was read. */
function cardOf({ snapshot, details }: CardState) {
  return { ...snapshot, ...details }
}

function show(desk: Desk, card: CardRef, ledger: Ledger): void {
  const { record, decision } = ledger.attempt
  desk.change((world) => {
    world.drafts.delete(cardKey(card))
    world.ledgers.set(cardKey(card), ledger)
    world.undelivered += ledger.effects.length
    if (decision.callbackAt) world.taken = [...world.taken, decision.callbackAt]
    const known = world.cards.get(cardKey(card))
    if (known) {
      const over = new Set(ledger.effects.flatMap(({ effect }) => closedTodoOf(effect)))
      const todos = known.todos.filter(({ id }) => !over.has(id))
      world.cards.set(cardKey(card), { ...known, todos, history: [...known.history, record] })
    }
  })
}

function closedTodoOf(effect: Effect): number[] {
  return effect.type === 'todo_done' ? [effect.todoId] : []
}

/** What leaves the house waits until a change of mind is no longer possible (decisions: undo). */
function dueAtOf({ type }: Effect, { undoSeconds }: Campaign, savedAt: Date): number {
  const isOutward = destinationOf(type) === 'relay' || type === 'notification'
  return savedAt.getTime() + (isOutward ? undoSeconds * 1000 : 0)
}

/** Callbacks that this operator has promised and that are still to come. */
export async function takenCallbacks(db: Outbox, now: Date): Promise<Instant[]> {
  const attempts = await db.attempts.toArray()
  return attempts
    .map(({ attempt }) => attempt.decision.callbackAt)
    .filter((at): at is Instant => at !== null && Date.parse(at) > now.getTime())
}
