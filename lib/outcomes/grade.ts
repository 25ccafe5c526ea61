import type { Grade, StopList } from '../contracts/outcome.ts'
import type { Inquiry } from './inquiry.ts'

/** How interested the client turned out to be; only a final result says so (001-32, 000-14 … 000-20). */
export function gradeOf(inquiry: Inquiry): Grade | null {
  const { campaign, rule, kind } = inquiry
  if (kind !== 'final') return null
  if (isRudeRefusal(inquiry)) return 'prejudiced'
  const grade = isHypothetical(inquiry) ? 'hypothetical' : rule.grade
  if (grade === 'hypothetical' && campaign.projectKind === 'pilot') {
    return rule.id === 'dm_refusal' ? 'not_interested' : null
  }
  return grade
}

/** Whether nobody may call the client any more, and for how long; permanent wins. */
export function stopListOf(inquiry: Inquiry): StopList | null {
  const { rule, kind, variant, proposal } = inquiry
  if (kind !== 'final') return null
  if (proposal.optOut || (rule.id === 'already_client' && variant === 'ours')) return 'permanent'
  return rule.id === 'competitor' || isRudeRefusal(inquiry) ? 'until_reviewed' : null
}

/** The operator chose so, or the decision maker left the door open (000-16). */
function isHypothetical({ rule, variant, evidence }: Inquiry): boolean {
  return variant === 'hypothetical' || (rule.id === 'dm_refusal' && evidence.futurePossible)
}

/** УПЕРЕДЖЕНИЙ: only these two are refusals by a person (000-19). */
function isRudeRefusal({ rule, proposal }: Inquiry): boolean {
  return proposal.rude && (rule.id === 'dm_refusal' || rule.id === 'secretary_refusal')
}
