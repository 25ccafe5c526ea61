import type { Campaign } from '../contracts/campaign.ts'
import {
  OUTCOME_IDS,
  type OutcomeId,
  type Violation,
  type ViolationCode,
} from '../contracts/outcome.ts'
import type { ResultBar } from './call-bar.ts'
import { isAccepted, violationsOf } from './decide.ts'
import { drawsOf } from './draws.ts'
import type { Situation } from './situation.ts'

/**
 * An outcome's button: `ready` can be saved as things stand, `incomplete` can be chosen and lacks
 * only what the operator types in, `barred` is grey with its violations as the reason.
 */
export interface Offer {
  outcome: OutcomeId
  title: string
  state: 'ready' | 'incomplete' | 'barred'
  violations: Violation[]
}

/** What the result's own form asks for; everything else is a fact that typing can't change. */
const TYPED_IN: ReadonlySet<ViolationCode> = new Set<ViolationCode>([
  'cause_required',
  'reason_required',
  'reason_too_vague',
  'variant_required',
  'date_required',
  'date_in_past',
  'beyond_limit',
  'outside_hours',
  'non_working_day',
  'email_required',
  'decision_maker_required',
])

/** Every outcome of the campaign, in the deck's order, as the situation now stands; disabled ones are left out. */
export function offersOf(campaign: Campaign, situation: Situation): Offer[] {
  const draws = drawsOf(campaign, situation)
  return campaign.outcomes
    .filter((rule) => !campaign.disabled.includes(rule.id))
    .map((rule) => {
      const violations = violationsOf(campaign, withOutcome(situation, rule.id), draws)
      return { outcome: rule.id, title: rule.title, state: stateOf(violations), violations }
    })
}

const BARS: readonly ResultBar[] = ['stop_listed', 'pass_closed']

/**
 * What stands against all outcomes alike, so that this attempt can't get any result: while its
 * calls were made, somebody else's result put the client on the stop list or closed the pass, or
 * such a result could only be read afterwards. Null as long as something can be saved.
 */
export function resultBarOf(offers: readonly Pick<Offer, 'violations'>[]): ResultBar | null {
  if (offers.length === 0) return null
  const stands = (bar: ResultBar) =>
    offers.every(({ violations }) => violations.some(({ code }) => code === bar))
  return BARS.find(stands) ?? null
}

/** The outcomes that would be accepted if only the outcome were another, in the deck's order. */
export function acceptedInstead(campaign: Campaign, situation: Situation): OutcomeId[] {
  const draws = drawsOf(campaign, situation)
  return OUTCOME_IDS.filter((outcome) =>
    isAccepted(campaign, withOutcome(situation, outcome), draws),
  )
}

function withOutcome(situation: Situation, outcome: OutcomeId): Situation {
  return { ...situation, proposal: { ...situation.proposal, outcome } }
}

function stateOf(violations: readonly Violation[]): Offer['state'] {
  if (violations.length === 0) return 'ready'
  return violations.every(({ code }) => TYPED_IN.has(code)) ? 'incomplete' : 'barred'
}
