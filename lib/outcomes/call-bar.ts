import { readInstant, wallTimeAt } from '../callbacks/zoned-time.ts'
import type { AttemptDraft, AttemptRecord } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import { closingResult, latestPass } from './attempts.ts'
import { stopListIn } from './proposal.ts'

/** What bars a card from being called; as a violation, it bars every result of a call as well. */
export type CallBar = 'stop_listed' | 'pass_closed'

export interface CallQuestion {
  /** Saved results of all operators, oldest first. */
  history: readonly AttemptRecord[]
  draft: Pick<AttemptDraft, 'pass' | 'calls'> | null
  now: Instant
}

/**
 * Why nobody may call this card now; null = it may be called, and the call can have a result.
 * Panel and background ask the same question.
 *
 * A final result ends its pass. The next one begins on the day of the contact or the meeting that
 * the result named, by the campaign's calendar; without such a day nobody calls again. A pass that
 * waits for the customer is closed until he has answered. Calls of an attempt in hand belong to
 * the pass in which it began: once somebody else has closed that, no result could be saved.
 */
export function callBarOf(
  { timeZone }: Pick<Campaign, 'timeZone'>,
  { history, draft, now }: CallQuestion,
): CallBar | null {
  if (stopListIn(history) !== null) return 'stop_listed'
  // Something typed is no attempt yet: the first call decides which pass it belongs to.
  const inHand = draft !== null && draft.calls.length > 0 ? draft : null
  const closing = closingResult(history, inHand?.pass ?? latestPass(history))
  if (closing === null) return null
  return inHand === null && hasDayCome(timeZone, closing, now) ? null : 'pass_closed'
}

function hasDayCome(zone: string, closing: AttemptRecord, now: Instant): boolean {
  const at = closing.nextContactAt ?? closing.meetingAt
  if (closing.kind !== 'final' || at === null) return false
  const dayOf = (instant: Instant) => wallTimeAt(zone, readInstant(instant)).day
  return dayOf(at) <= dayOf(now)
}
