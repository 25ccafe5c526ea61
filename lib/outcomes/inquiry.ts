import { outcomeRuleOf } from '../campaign/find.ts'
import type { Campaign, OutcomeRule } from '../contracts/campaign.ts'
import type {
  ChainOutcomeId,
  Evidence,
  OutcomeId,
  Proposal,
  ResultKind,
} from '../contracts/outcome.ts'
import { attemptOf, type CountedAttempt, chainOf, isChain } from './attempts.ts'
import type { Situation } from './situation.ts'

/** A proposal with all that follows from it at first sight; the checks and the decision read this. */
export interface Inquiry {
  campaign: Campaign
  situation: Situation
  proposal: Proposal
  evidence: Evidence
  rule: OutcomeRule
  /** The chain outcome in question: the outcome itself or the cause of `call_back`. */
  chain: ChainOutcomeId | null
  /** Whose needs count: the outcome, or the cause of `call_back`; null when that has no cause. */
  subject: OutcomeId | null
  /** The variant chosen or the default one; null where there is none or it isn't the outcome's own. */
  variant: string | null
  /** Which attempt this is; null where attempts don't count. */
  attempt: CountedAttempt | null
  kind: ResultKind
  /** Epoch milliseconds, whole seconds. */
  now: number
}

/**
 * Reads a proposal in the light of its campaign; null when the campaign has no such outcome.
 * `now` is the situation's, as it was read (epoch milliseconds).
 */
export function inquire(campaign: Campaign, situation: Situation, now: number): Inquiry | null {
  const { proposal } = situation
  const rule = outcomeRuleOf(campaign, proposal.outcome)
  if (rule === null) return null
  const chain = chainOf(rule.id, proposal.cause)
  const attempt = chain === null ? null : attemptOf(campaign, situation, chain)
  return {
    campaign,
    situation,
    proposal,
    evidence: proposal.evidence,
    rule,
    chain,
    subject: rule.id === 'call_back' ? chain : rule.id,
    variant: variantOf(rule, proposal.variant),
    attempt,
    kind: kindOf(campaign, proposal, rule, attempt),
    now,
  }
}

/** Whether the customer is to be asked about this outcome in this campaign (001-3). */
export function needsCustomer(campaign: Campaign, rule: OutcomeRule): boolean {
  return rule.needsApproval && !campaign.approvedInAdvance.includes(rule.id)
}

function variantOf(rule: OutcomeRule, variant: string | null): string | null {
  if (variant === null) return rule.variantRequired ? null : (rule.variants[0] ?? null)
  return rule.variants.includes(variant) ? variant : null
}

function kindOf(
  campaign: Campaign,
  proposal: Proposal,
  rule: OutcomeRule,
  attempt: CountedAttempt | null,
): ResultKind {
  switch (rule.type) {
    case 'technical':
      return 'technical'
    case 'intermediate':
      return 'intermediate'
    case 'chain':
      return attempt?.isLast || isFinalAtOnce(rule.id, proposal) ? 'final' : 'intermediate'
    case 'final':
      return needsCustomer(campaign, rule) && proposal.approval === 'pending' ? 'pending' : 'final'
  }
}

/** Three handled objections make a secretary's refusal final at once (001-9). */
const OBJECTIONS_THAT_END = 3

/** Whether a chain outcome ends the pass although attempts are left (001-9, 001-23). */
function isFinalAtOnce(outcome: OutcomeId, { evidence, rude, optOut }: Proposal): boolean {
  if (!isChain(outcome)) return false
  if (optOut) return true
  switch (outcome) {
    case 'secretary_refusal':
      return rude || evidence.objectionsHandled >= OBJECTIONS_THAT_END
    case 'dm_absent':
      return evidence.longAbsence && evidence.nobodyReplaces
    case 'connection_error':
      return evidence.allNumbersDead
    case 'no_answer':
    case 'answering_machine':
    case 'talk_refused':
      return false
  }
}
