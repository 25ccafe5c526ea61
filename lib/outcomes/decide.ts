import { writeInstant } from '../callbacks/zoned-time.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Decision, DecisionEffect, Grade, Violation } from '../contracts/outcome.ts'
import { checkAdmission, checkApproval } from './checks/admission.ts'
import { checkEvidence } from './checks/evidence.ts'
import { checkParticular } from './checks/particular.ts'
import { checkStatement } from './checks/statement.ts'
import { commentOf } from './comment.ts'
import type { DateField } from './date-plan.ts'
import { type Draws, drawsOf } from './draws.ts'
import { gradeOf, stopListOf } from './grade.ts'
import { type Inquiry, inquire } from './inquiry.ts'
import { type SettledDate, settleDate } from './settle-date.ts'
import type { Situation } from './situation.ts'
import { type Check, type Report, violation } from './violation.ts'

export type Verdict =
  | { accepted: true; decision: Decision }
  | { accepted: false; violations: Violation[] }

/** A proposal looked at from all sides; `inquiry` is null for an unknown outcome. */
interface Examination {
  inquiry: Inquiry | null
  date: SettledDate | null
  violations: Violation[]
}

const CHECKS: readonly Check[] = [
  checkAdmission,
  checkEvidence,
  checkStatement,
  checkParticular,
  checkApproval,
]

/**
 * Judges a proposal by the campaign's rules: the whole of 001-5 … 001-28. Pure: clock and chance
 * come in with the situation, and the same arguments always get the same verdict. A refusal names
 * all that speaks against the proposal, each code once.
 */
export function decide(campaign: Campaign, situation: Situation): Verdict {
  const { inquiry, date, violations } = examine(campaign, situation, drawsOf(campaign, situation))
  return inquiry === null || violations.length > 0
    ? { accepted: false, violations }
    : { accepted: true, decision: decisionOf(inquiry, date) }
}

/**
 * What speaks against a proposal; nothing = it would be accepted. Whoever asks about several
 * outcomes of one situation hands the same `draws` to each.
 */
export function violationsOf(campaign: Campaign, situation: Situation, draws: Draws): Violation[] {
  return examine(campaign, situation, draws).violations
}

/** Whether a proposal would be accepted: asks no further once something speaks against it. */
export function isAccepted(campaign: Campaign, situation: Situation, draws: Draws): boolean {
  const inquiry = inquire(campaign, situation, draws.now)
  if (inquiry === null) return false
  const passes = (check: Check) => {
    let isClear = true
    check(inquiry, () => {
      isClear = false
    })
    return isClear
  }
  const checkDate: Check = (inquiry, report) => void settleDate(inquiry, draws, report)
  return [...CHECKS, checkDate].every(passes)
}

function examine(campaign: Campaign, situation: Situation, draws: Draws): Examination {
  const inquiry = inquire(campaign, situation, draws.now)
  if (inquiry === null) {
    return { inquiry, date: null, violations: [violation('unknown_outcome', 'outcome')] }
  }
  const violations: Violation[] = []
  const report: Report = (code, field) => violations.push(violation(code, field))
  for (const check of CHECKS) check(inquiry, report)
  const date = settleDate(inquiry, draws, report)
  return { inquiry, date, violations }
}

function decisionOf(inquiry: Inquiry, date: SettledDate | null): Decision {
  const { campaign, rule, kind, chain, attempt } = inquiry
  const isKept = kind === 'intermediate'
  const grade = gradeOf(inquiry)
  const at = (field: DateField) =>
    date?.field === field ? writeInstant(campaign.timeZone, date.at) : null
  return {
    outcome: isKept ? 'call_back' : rule.id,
    cause: isKept ? chain : null,
    kind,
    attempt: attempt?.number ?? null,
    comment: commentOf(inquiry, date),
    callbackAt: at('callbackAt'),
    nextContactAt: at('nextContactAt'),
    meetingAt: at('meetingAt'),
    grade,
    stopList: stopListOf(inquiry),
    effects: effectsOf(inquiry, date, grade),
    warnings: date?.warnings ?? [],
  }
}

/**
 * What the result sets in motion. A pending one is only written down: nobody is told anything
 * before the customer has agreed.
 */
function effectsOf(
  { campaign, rule, kind }: Inquiry,
  date: SettledDate | null,
  grade: Grade | null,
): DecisionEffect[] {
  const types: DecisionEffect['type'][] = ['call_record', 'comment', 'fields']
  if (kind !== 'pending') {
    if (date !== null) types.push('todo')
    if (grade === 'hot' && campaign.salesRep !== null) types.push('notification')
  }
  if (kind === 'final') {
    for (const { outcome, channel } of campaign.messages) {
      if (outcome === rule.id && !types.includes(channel)) types.push(channel)
    }
  }
  return types.map((type) => ({ type }))
}
