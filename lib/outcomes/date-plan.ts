import {
  MAX_AWAITED_CALL_DAYS,
  MAX_CALLBACK_DAYS,
  MAX_NEXT_CONTACT_DAYS,
} from '../callbacks/limits.ts'
import type { Inquiry } from './inquiry.ts'

export type DateField = 'callbackAt' | 'nextContactAt' | 'meetingAt'

/** The one date that an outcome uses; every other date of the proposal is ignored. */
export interface DatePlan {
  field: DateField
  /** Calendar days after today that a named date may lie ahead. */
  maxDays: number
  /** What happens when nobody named one. */
  otherwise: 'required' | 'nothing' | 'draw_callback' | 'draw_after_letter'
}

const CALLBACK: DatePlan = {
  field: 'callbackAt',
  maxDays: MAX_CALLBACK_DAYS,
  otherwise: 'draw_callback',
}

function nextContact(otherwise: DatePlan['otherwise'], maxDays = MAX_NEXT_CONTACT_DAYS): DatePlan {
  return { field: 'nextContactAt', maxDays, otherwise }
}

/** Which date a result uses (001-17, 001-18, 001-20, 001-28); null where none matters. */
export function datePlanOf({ subject, kind }: Inquiry): DatePlan | null {
  if (subject === null) return null
  if (kind === 'intermediate') return CALLBACK
  switch (subject) {
    case 'meeting_set':
      return { field: 'meetingAt', maxDays: MAX_NEXT_CONTACT_DAYS, otherwise: 'required' }
    case 'awaiting_call':
      return nextContact('required', MAX_AWAITED_CALL_DAYS)
    case 'possible_interest':
      return nextContact('required')
    case 'email_sent_dm':
    case 'email_sent_secretary':
    case 'email_required':
      return nextContact('draw_after_letter')
    case 'dm_refusal':
    case 'talk_refused':
    case 'dm_absent':
      return nextContact('nothing')
    default:
      return null
  }
}
