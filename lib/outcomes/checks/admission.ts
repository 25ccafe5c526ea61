import { readInstant, wallTimeAt } from '../../callbacks/zoned-time.ts'
import { closingResult } from '../attempts.ts'
import { type Inquiry, needsCustomer } from '../inquiry.ts'
import type { Check, Report } from '../violation.ts'

/** Two busy lines a day are believed; the third is a result of its own. */
const BUSY_LINES_A_DAY = 2

/** Whether this lead, in this campaign and at this attempt, may have the outcome at all. */
export const checkAdmission: Check = (inquiry, report) => {
  const { campaign, situation, proposal, rule, variant, attempt } = inquiry
  const isPilotHypothetical = campaign.projectKind === 'pilot' && variant === 'hypothetical'
  if (campaign.disabled.includes(rule.id)) report('not_enabled', 'outcome')
  else if (isPilotHypothetical) report('not_enabled', 'variant')

  const isOutgoing = proposal.evidence.direction === 'out'
  if (situation.lead.stopList !== null && isOutgoing) report('stop_listed', 'outcome')
  if (closingResult(situation.history, situation.pass) !== null) report('pass_closed', 'outcome')
  if (rule.id === 'call_back') {
    if (attempt === null) report('cause_required', 'cause')
    else if (attempt.isLast) report('attempts_exhausted', 'outcome')
  }
  checkBusyLine(inquiry, report)
  if (proposal.optOut && (rule.id === 'call_back' || rule.id === 'line_busy')) {
    report('opt_out_is_final', 'optOut')
  }
}

/** Whether the customer agreed, where the campaign asks for it (001-3). */
export const checkApproval: Check = ({ campaign, rule, proposal }, report) => {
  if (!needsCustomer(campaign, rule)) return
  if (proposal.approval === 'none') report('approval_required', 'approval')
  if (proposal.approval === 'refused') report('approval_refused', 'approval')
}

function checkBusyLine({ campaign, situation, rule, now }: Inquiry, report: Report): void {
  if (rule.id !== 'line_busy') return
  const today = wallTimeAt(campaign.timeZone, now).day
  const busyToday = situation.history.filter(
    (entry) =>
      entry.outcome === 'line_busy' &&
      wallTimeAt(campaign.timeZone, readInstant(entry.at)).day === today,
  )
  if (busyToday.length >= BUSY_LINES_A_DAY) report('busy_limit', 'outcome')
}
