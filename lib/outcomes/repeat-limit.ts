import {
  DAY_MS,
  instantAt,
  readInstant,
  wallTimeAt,
  writeInstant,
} from '../callbacks/zoned-time.ts'
import type { Campaign, RepeatLimit } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import type { HistoryEntry } from '../contracts/outcome.ts'
import { closingResult, latestPass } from './attempts.ts'

/** A result as far as a repeat limit looks at it. */
type Limited = HistoryEntry & { grade?: string | null }

/** Why a lead is not processed again yet, and from when on it may be. */
export interface RepeatWait {
  limit: RepeatLimit
  /** The result that it counts from. */
  since: Instant
  /** The first moment of the day, in the campaign's zone. */
  from: Instant
}

/**
 * What the campaign's repeat limits say of a lead (decisions: no repeated processing); null when
 * none has anything to do with it. They count calendar days of the campaign's zone from the final
 * result that closed the latest pass; where two fit, the longer holds. What came before that pass
 * is not asked: whoever was called since has been spoken to anew. Pure.
 */
export function repeatWaitOf(
  { repeatLimits, timeZone }: Pick<Campaign, 'repeatLimits' | 'timeZone'>,
  history: readonly Limited[],
): RepeatWait | null {
  const closing = closingResult(history, latestPass(history))
  if (closing?.kind !== 'final') return null
  const limit = repeatLimits
    .filter((one) => isAbout(one, closing))
    .reduce<RepeatLimit | null>((a, b) => (a && a.days >= b.days ? a : b), null)
  return limit && { limit, since: closing.at, from: dayAfter(timeZone, closing.at, limit.days) }
}

/** Whether the day has not come yet, by the campaign's calendar. */
export function isTooSoon({ timeZone }: Pick<Campaign, 'timeZone'>, from: Instant, now: Instant) {
  const dayOf = (instant: Instant) => wallTimeAt(timeZone, readInstant(instant)).day
  return dayOf(now) < dayOf(from)
}

function isAbout(limit: RepeatLimit, { outcome, grade }: Limited): boolean {
  return limit.by === 'grade' ? limit.grade === grade : limit.outcome === outcome
}

/** The first moment of a day; an hour later where the clocks skip midnight. */
function dayAfter(zone: string, at: Instant, days: number): Instant {
  const day = wallTimeAt(zone, readInstant(at)).day + days
  const start = instantAt(zone, { day, minute: 0 }) ?? instantAt(zone, { day, minute: 60 })
  return writeInstant(zone, start ?? day * DAY_MS)
}
