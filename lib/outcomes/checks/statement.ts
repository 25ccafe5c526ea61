import type { Inquiry } from '../inquiry.ts'
import { NEEDS } from '../needs.ts'
import { isVague, reasonText } from '../reason.ts'
import type { Check } from '../violation.ts'

/** A complete address: something, one @, and a domain of two labels or more. */
const EMAIL = /^[^@\s,;]+@[^@\s,;.]+(?:\.[^@\s,;.]+)+$/

/** Whether the operator wrote down what the outcome's comment and successors need. */
export const checkStatement: Check = (inquiry, report) => {
  const { campaign, proposal, rule, subject, evidence } = inquiry
  if (subject === null) return
  const needs = NEEDS[subject]

  if (needs.reason || namesSupplier(inquiry)) {
    if (reasonText(proposal.reason) === '') report('reason_required', 'reason')
    else if (isVague(campaign, proposal.reason)) report('reason_too_vague', 'reason')
  }
  if (rule.variants.length > 0 && inquiry.variant === null) report('variant_required', 'variant')
  if (needs.email && !EMAIL.test(evidence.email?.trim() ?? '')) {
    report('email_required', 'evidence.email')
  }
  if (needs.decisionMaker && !evidence.decisionMaker?.trim()) {
    report('decision_maker_required', 'evidence.decisionMaker')
  }
}

/** «УЖЕ РАБОТАЮТ» with another supplier needs his name as the reason. */
function namesSupplier({ subject, variant }: Inquiry): boolean {
  return subject === 'already_client' && variant === 'other_supplier'
}
