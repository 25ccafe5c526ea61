import type { Campaign } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import type { HistoryEntry } from '../contracts/outcome.ts'
import { isTooSoon, repeatWaitOf } from '../outcomes/repeat-limit.ts'
import type { BaseProblem, BaseRow } from './parse-base.ts'

/**
 * The firms of a base that the campaign's repeat limits keep from being called yet; `detail` is the
 * instant from which they may be. `historyOf` gives the results of a firm that is known already,
 * oldest first, and none of one that is new.
 */
export function repeatProblems(
  campaign: Pick<Campaign, 'repeatLimits' | 'timeZone'>,
  rows: readonly BaseRow[],
  { historyOf, now }: { historyOf: (row: BaseRow) => readonly HistoryEntry[]; now: Instant },
): BaseProblem[] {
  return rows.flatMap((row) => {
    const wait = repeatWaitOf(campaign, historyOf(row))
    if (wait === null || !isTooSoon(campaign, wait.from, now)) return []
    return [{ row: row.row, kind: 'too_soon' as const, detail: wait.from }]
  })
}
