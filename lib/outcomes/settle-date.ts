import {
  type DrawnTime,
  drawCallback,
  drawContactAfterLetter,
  drawRedial,
} from '../callbacks/draw.ts'
import type { DrawRequest } from '../callbacks/draw-request.ts'
import { judgeNamedDate } from '../callbacks/named-date.ts'
import { workingDaysOf } from '../callbacks/working-days.ts'
import { MINUTE_MS, readInstant } from '../callbacks/zoned-time.ts'
import type { Decision } from '../contracts/outcome.ts'
import { isAttempt } from './attempts.ts'
import { type DateField, type DatePlan, datePlanOf } from './date-plan.ts'
import type { Inquiry } from './inquiry.ts'
import type { Report } from './violation.ts'

/** The date that goes with a result, named or drawn; epoch milliseconds. */
export interface SettledDate {
  field: DateField
  at: number
  warnings: Decision['warnings']
}

/** Judges the named date that the outcome uses, or draws one; reports what stands against it. */
export function settleDate(inquiry: Inquiry, report: Report): SettledDate | null {
  if (inquiry.kind === 'technical') {
    return drawn('callbackAt', drawRedial(drawRequestOf(inquiry)), report)
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
      return drawn(plan.field, drawCallback(drawRequestOf(inquiry)), report)
    case 'draw_after_letter':
      return drawn(plan.field, drawContactAfterLetter(drawRequestOf(inquiry)), report)
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

function drawRequestOf({ campaign, situation, now }: Inquiry): DrawRequest {
  return {
    now,
    zone: campaign.timeZone,
    clientZone: situation.lead.timeZone,
    calendar: workingDaysOf(campaign),
    taken: situation.taken.map(readInstant),
    earlierAttempts: situation.history
      .filter((entry) => entry.pass === situation.pass && isAttempt(entry))
      .map((entry) => readInstant(entry.at)),
    seed: situation.random,
  }
}
