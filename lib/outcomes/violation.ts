import type { Violation, ViolationCode } from '../contracts/outcome.ts'
import type { Inquiry } from './inquiry.ts'

/** Takes down what speaks against a proposal; `field` is the path into it. */
export type Report = (code: ViolationCode, field: string) => void

/** One group of conditions; it reports each code at most once. */
export type Check = (inquiry: Inquiry, report: Report) => void

const MESSAGES: Record<ViolationCode, string> = {
  unknown_outcome: 'the campaign has no such outcome',
  not_enabled: 'the campaign does not offer this',
  stop_listed: 'the lead is on the stop list and may not be called',
  pass_closed: 'this pass already has a final result',
  cause_required: 'a callback needs one of the six causes',
  attempts_exhausted: 'this is the last attempt: the cause itself is the result',
  busy_limit: 'the line was found busy twice today already',
  opt_out_is_final: 'after an opt-out nobody calls again',
  evidence_contradicts: 'somebody answered this call',
  wait_too_short: 'we hung up before the waiting time was over',
  reason_required: 'the reason is missing',
  reason_too_vague: 'this reason tells the next operator nothing',
  variant_required: 'the variant is missing or belongs to another outcome',
  spoke_with_required: 'this outcome needs a talk with somebody else',
  presentation_required: 'the offer was not presented',
  objections_required: 'no objection was handled',
  date_required: 'date and time are missing',
  date_in_past: 'this time has passed',
  beyond_limit: 'this date is too far ahead',
  outside_hours: 'nobody is called at this hour, here or at the client’s',
  non_working_day: 'this is a day off that the client did not name',
  no_slot: 'no minute is left on the day of the callback',
  email_required: 'a complete e-mail address is missing',
  decision_maker_required: 'the decision maker’s name is missing',
  card_correctable: 'the card was corrected, so the call goes on',
  confirmation_required: 'date and time were not confirmed aloud',
  city_mismatch: 'a meeting needs the customer’s city: fill in or correct the city in the card',
  preliminary_call_required: 'no preliminary call was agreed',
  transfer_step_missing: 'the script has no transfer step',
  transfer_not_connected: 'the transfer did not go through',
  approval_required: 'the customer has to agree first',
  approval_refused: 'the customer refused',
}

export function violation(code: ViolationCode, field: string): Violation {
  return { code, field, message: MESSAGES[code] }
}
