import type { Campaign } from '../contracts/campaign.ts'
import {
  OUTCOME_IDS,
  type OutcomeId,
  type Violation,
  type ViolationCode,
} from '../contracts/outcome.ts'
import { decide } from './decide.ts'
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
  return campaign.outcomes
    .filter((rule) => !campaign.disabled.includes(rule.id))
    .map((rule) => {
      const verdict = decideAs(campaign, situation, rule.id)
      const violations = verdict.accepted ? [] : verdict.violations
      return { outcome: rule.id, title: rule.title, state: stateOf(violations), violations }
    })
}

/** The outcomes that would be accepted if only the outcome were another, in the deck's order. */
export function acceptedInstead(campaign: Campaign, situation: Situation): OutcomeId[] {
  return OUTCOME_IDS.filter((outcome) => decideAs(campaign, situation, outcome).accepted)
}

function decideAs(campaign: Campaign, situation: Situation, outcome: OutcomeId) {
  return decide(campaign, { ...situation, proposal: { ...situation.proposal, outcome } })
}

function stateOf(violations: readonly Violation[]): Offer['state'] {
  if (violations.length === 0) return 'ready'
  return violations.every(({ code }) => TYPED_IN.has(code)) ? 'incomplete' : 'barred'
}
