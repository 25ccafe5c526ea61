import type { AttemptDraft, AttemptRecord } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import { closingResult, latestPass } from './attempts.ts'
import { stopListIn } from './proposal.ts'
import { isTooSoon, repeatWaitOf } from './repeat-limit.ts'

/** What bars every result of a call as well, as a violation. */
export type ResultBar = 'stop_listed' | 'pass_closed'
/** What bars a card from being called. `too_soon`: a repeat limit of the campaign. */
export type CallBar = ResultBar | 'too_soon'

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
 * the result named, or when the campaign's repeat limit has run out, whichever is later; by the
 * campaign's calendar. Without either nobody calls again. A pass that
 * waits for the customer is closed until he has answered. Calls of an attempt in hand belong to
 * the pass in which it began: once somebody else has closed that, no result could be saved.
 */
export function callBarOf(
  campaign: Pick<Campaign, 'timeZone' | 'repeatLimits'>,
  { history, draft, now }: CallQuestion,
): CallBar | null {
  if (stopListIn(history) !== null) return 'stop_listed'
  // Something typed is no attempt yet: the first call decides which pass it belongs to.
  const inHand = draft !== null && draft.calls.length > 0 ? draft : null
  const closing = closingResult(history, inHand?.pass ?? latestPass(history))
  if (closing === null) return null
  if (inHand !== null || closing.kind !== 'final') return 'pass_closed'
  const wait = repeatWaitOf(campaign, history)
  if (wait && isTooSoon(campaign, wait.from, now)) return 'too_soon'
  const named = closing.nextContactAt ?? closing.meetingAt
  if (named === null) return wait === null ? 'pass_closed' : null
  return isTooSoon(campaign, named, now) ? 'pass_closed' : null
}
