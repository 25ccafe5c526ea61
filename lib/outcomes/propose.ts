import { scriptOf } from '../campaign/find.ts'
import type { AttemptDraft, CallFacts } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import type { OutcomeId } from '../contracts/outcome.ts'
import { answeredSteps } from '../script/walk.ts'
import { bestContact } from './evidence.ts'

const BUSY = new Set([486, 600])
/** The far end answered that nobody comes: not there, timed out, cancelled by us, declined. */
const NOBODY_CAME = new Set([408, 480, 487, 603])

/**
 * The outcome that an attempt's facts suggest, for the operator to accept or change; null while
 * they suggest none. A talk is judged by the script, an unanswered call by how it ended.
 */
export function proposeOutcome(
  campaign: Campaign,
  draft: Pick<AttemptDraft, 'calls' | 'input'>,
  now: Instant,
): OutcomeId | null {
  const best = bestContact(draft.calls, now)
  if (best === null) return null
  if (best.call.answeredAt !== null) return fromScript(campaign, draft)
  if (best.rangSeconds >= campaign.waitSeconds) return 'no_answer'
  return best.call.endedAt === null ? null : fromEnd(best.call)
}

function fromScript(campaign: Campaign, { input }: Pick<AttemptDraft, 'input'>): OutcomeId | null {
  const script = scriptOf(campaign, input.walk.language)
  if (script === null) return null
  const proposed = answeredSteps(script, input.walk).map(({ answer }) => answer.proposes)
  return proposed.findLast((outcome) => outcome !== null) ?? null
}

/** How a call that nobody answered in time ended (001-7, 001-26); hung up by us early, it says nothing. */
function fromEnd({ sipStatus, ringingAt, endedBy }: CallFacts): OutcomeId | null {
  if (sipStatus !== null && BUSY.has(sipStatus)) return 'line_busy'
  if (endedBy === 'us') return null
  if (ringingAt !== null || (sipStatus !== null && NOBODY_CAME.has(sipStatus))) return 'no_answer'
  return 'connection_error'
}
