import type { Effect } from '../contracts/effect.ts'
import type { Decision } from '../contracts/outcome.ts'
import type { StopListRequest, StopSubject } from '../contracts/relay-stop-list.ts'
import { customerIdOf, subjectsOf } from '../stop-list/card-stops.ts'
import type { EffectPlan } from './effect-plan.ts'

/** The relay takes so many subjects of one cause. */
const MAX_SUBJECTS = 50
const MAX_WORDS = 2000
const MAX_SCOPE_ID = 100

/**
 * Puts whom a result bars onto the relay's stop list, so that other cards, operators and campaigns
 * of the customer leave them alone too (decisions: opt-out, rude, competitor, already a client).
 * Without a relay the result itself bars the card.
 */
export function stopEffect(plan: EffectPlan): Effect[] {
  const { decision, draft, hasRelay } = plan
  const subjects = barredBy(plan)
  if (!hasRelay || decision.stopList === null || subjects.length === 0) return []
  const { card, attemptId } = draft
  return [{ type: 'stop_list', card, attemptId, request: requestOf(plan, subjects) }]
}

function requestOf(
  { campaign, decision, draft }: EffectPlan,
  subjects: StopSubject[],
): StopListRequest {
  const customer = customerIdOf(campaign)
  return {
    subjects: subjects.slice(0, MAX_SUBJECTS),
    // Whoever wants to hear no more of a customer means all his campaigns.
    scope:
      customer === '' || customer.length > MAX_SCOPE_ID
        ? { kind: 'campaign', id: campaign.id }
        : { kind: 'customer', id: customer },
    channel: 'all',
    term: { kind: decision.stopList ?? 'until_reviewed' },
    source: draft.input.optOut ? 'client' : 'operator',
    words: decision.comment.slice(0, MAX_WORDS),
  }
}

/**
 * Every number and address by which the card could be reached; the company itself only where the
 * result is about the company. Its name is no subject to bar: two companies may share it.
 */
function barredBy({ decision, draft, card }: EffectPlan): StopSubject[] {
  return subjectsOf(card, draft).filter(({ kind, value }) =>
    kind === 'company' ? barsCompany(decision) && value.startsWith('bitrix24:') : true,
  )
}

/** A competitor and a client of ours are firms; rudeness and «delete our number» are of those met. */
function barsCompany({ outcome }: Decision): boolean {
  return outcome === 'competitor' || outcome === 'already_client'
}
