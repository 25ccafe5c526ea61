import { readInstant, writeDate, writeTime } from '../callbacks/zoned-time.ts'
import type { AttemptDraft, Operator } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Effect } from '../contracts/effect.ts'
import { formatPhone } from '../phone-number/format-phone.ts'
import type { ResultBar } from './call-bar.ts'
import { EFFECT_WORDS } from './effect-words.ts'

/**
 * What is left of an attempt that can't get a result: a comment in the timeline, so that no call
 * and no typed word vanishes. Nothing when nothing was dialled.
 */
export function closingNote(
  { timeZone, language }: Campaign,
  { card, attemptId, calls, input }: AttemptDraft,
  operator: Operator,
  bar: ResultBar,
): Effect[] {
  if (calls.length === 0) return []
  const dialled = calls.map(({ startedAt, number }) => {
    const at = readInstant(startedAt)
    return `${writeDate(timeZone, at)} ${writeTime(timeZone, at)}, ${formatPhone(number)}`
  })
  const lines = [EFFECT_WORDS[language].noResult[bar], ...dialled, operator.name, input.note.trim()]
  const text = lines.filter((line) => line !== '').join('\n')
  return [{ type: 'comment', card, attemptId, text }]
}
