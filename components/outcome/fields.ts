import type { OutcomeRule } from '../../lib/contracts/campaign.ts'
import type { OutcomeId } from '../../lib/contracts/outcome.ts'

export type OutcomeField =
  | 'cause'
  | 'variant'
  | 'reason'
  | 'decisionMaker'
  | 'email'
  | 'callbackAt'
  | 'nextContactAt'
  | 'meetingAt'

const NEEDS_NAME: readonly OutcomeId[] = [
  'email_sent_secretary',
  'awaiting_call',
  'customer_number_given',
  'meeting_set',
  'call_transferred',
]
const NEEDS_EMAIL: readonly OutcomeId[] = [
  'email_sent_dm',
  'email_sent_secretary',
  'email_required',
]
const TAKES_CONTACT: readonly OutcomeId[] = [
  ...NEEDS_EMAIL,
  'possible_interest',
  'awaiting_call',
  'dm_refusal',
]

/**
 * What the form asks for with an outcome, in the order of asking. It only decides what is shown;
 * whether something lacks is the rules' matter.
 */
export function fieldsOf(rule: OutcomeRule, cause: OutcomeRule | null): OutcomeField[] {
  const fields: OutcomeField[] = []
  const isCallback = rule.type === 'chain' || rule.type === 'intermediate'
  if (rule.id === 'call_back') fields.push('cause')
  if (rule.variants.length > 0) fields.push('variant')
  if (mentionsReason(rule) || (cause && mentionsReason(cause))) fields.push('reason')
  if (NEEDS_NAME.includes(rule.id)) fields.push('decisionMaker')
  if (NEEDS_EMAIL.includes(rule.id)) fields.push('email')
  if (isCallback) fields.push('callbackAt')
  if (TAKES_CONTACT.includes(rule.id)) fields.push('nextContactAt')
  if (rule.id === 'meeting_set') fields.push('meetingAt')
  return fields
}

function mentionsReason({ comment }: OutcomeRule): boolean {
  const texts = [comment.text, comment.closing ?? '', ...Object.values(comment.variants)]
  return texts.some((text) => text.includes('{reason}'))
}
