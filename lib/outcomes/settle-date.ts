import type { DrawnTime } from '../callbacks/draw.ts'
import { judgeNamedDate } from '../callbacks/named-date.ts'
import { workingDaysOf } from '../callbacks/working-days.ts'
import { MINUTE_MS, readInstant } from '../callbacks/zoned-time.ts'
import type { Decision } from '../contracts/outcome.ts'
import { type DateField, type DatePlan, datePlanOf } from './date-plan.ts'
import type { Draws } from './draws.ts'
import type { Inquiry } from './inquiry.ts'
import type { Report } from './violation.ts'

/** The date that goes with a result, named or drawn; epoch milliseconds. */
export interface SettledDate {
  field: DateField
  at: number
  warnings: Decision['warnings']
}

/** Judges the named date that the outcome uses, or draws one; reports what stands against it. */
export function settleDate(inquiry: Inquiry, draws: Draws, report: Report): SettledDate | null {
  if (inquiry.kind === 'technical') {
    return drawn('callbackAt', draws.redial(), report)
  }
  const plan = datePlanOf(inquiry)
  if (plan === null) return null
  const named = inquiry.proposal[plan.field]
  if (named !== null) return judged(inquiry, plan, readInstant(named), report)
  switch (plan.otherwise) {
    case 'required':
      report('date_required', plan.field)
      return null
    case 'nothing':
      return null
    case 'draw_callback':
      return drawn(plan.field, draws.callback(), report)
    case 'draw_after_letter':
      return drawn(plan.field, draws.contactAfterLetter(), report)
  }
}

function judged(inquiry: Inquiry, plan: DatePlan, at: number, report: Report): SettledDate {
  const { campaign, situation, proposal, now } = inquiry
  const violations = judgeNamedDate({
    at,
    now,
    zone: campaign.timeZone,
    clientZone: situation.lead.timeZone,
    calendar: workingDaysOf(campaign),
    maxDays: plan.maxDays,
    namedByClient: proposal.namedByClient,
  })
  for (const code of violations) report(code, plan.field)
  const minute = Math.floor(at / MINUTE_MS)
  const isTaken =
    plan.field === 'callbackAt' &&
    situation.taken.some((taken) => Math.floor(readInstant(taken) / MINUTE_MS) === minute)
  return { field: plan.field, at, warnings: isTaken ? ['minute_taken'] : [] }
}

function drawn(field: DateField, time: DrawnTime | null, report: Report): SettledDate | null {
  if (time === null) {
    report('no_slot', field)
    return null
  }
  return { field, at: time.at, warnings: time.isBeyondLimit ? ['limit_extended_by_holidays'] : [] }
}
