import { writeDate, writeTime } from '../callbacks/zoned-time.ts'
import { fillPlaceholders } from '../campaign/fill-placeholders.ts'
import { outcomeRuleOf } from '../campaign/find.ts'
import type { OutcomeRule } from '../contracts/campaign.ts'
import type { Inquiry } from './inquiry.ts'
import { reasonText } from './reason.ts'
import type { SettledDate } from './settle-date.ts'

/** The comment as the next operator reads it: the outcome's text, then the note (001-2, 001-31). */
export function commentOf(inquiry: Inquiry, date: SettledDate | null): string {
  const { campaign, proposal, rule, chain, attempt } = inquiry
  const worded = chain === null ? rule : (outcomeRuleOf(campaign, chain) ?? rule)
  const text = fillPlaceholders(templateOf(inquiry, worded), {
    n: attempt === null ? null : String(attempt.number),
    reason: reasonText(proposal.reason),
    date: date && writeDate(campaign.timeZone, date.at),
    time: date && writeTime(campaign.timeZone, date.at),
  })
  const note = proposal.note.trim()
  if (note === '') return text
  return text.endsWith('.') ? `${text} ${note}` : `${text}. ${note}`
}

function templateOf({ kind, attempt, variant }: Inquiry, { comment }: OutcomeRule): string {
  if (kind === 'final' && attempt?.isLast && comment.closing !== null) return comment.closing
  return (variant === null ? undefined : comment.variants[variant]) ?? comment.text
}
