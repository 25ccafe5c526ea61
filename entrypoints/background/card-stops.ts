import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { CardKey } from '../../lib/contracts/card.ts'
import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'
import type { StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { customerIdOf, keyOf, subjectsOf } from '../../lib/stop-list/card-stops.ts'
import { isInScope } from '../../lib/stop-list/check.ts'
import type { World } from './world.ts'

type Seen = Pick<World, 'cards' | 'drafts' | 'stopEntries' | 'stopMarks'>

/** Everybody who could be reached by the cards that are known, or by one of them. */
export function subjectsInWorld({ cards, drafts }: Seen, only: CardKey | null): StopSubject[] {
  return [...cards].flatMap(([key, { snapshot, details }]) =>
    only === null || key === only
      ? subjectsOf({ ...snapshot, ...details }, drafts.get(key) ?? null)
      : [],
  )
}

/**
 * What the stop list has about a card within its campaign, terms that have run out included: the
 * clock is looked at by those who ask. Pure.
 */
export function cardStops(
  world: Seen,
  key: CardKey,
  campaign: Campaign | null,
  /** Looked up before: a number that stands in no card. */
  more: readonly StopSubject[] = [],
): CardStop[] {
  const where = {
    customerId: campaign ? customerIdOf(campaign) : '',
    campaignId: campaign?.id ?? '',
  }
  const all = [...subjectsInWorld(world, key), ...more]
  const subjects = new Map(all.map((subject) => [keyOf(subject), subject]))
  return [...subjects.values()].flatMap((subject) => {
    const mark = world.stopMarks.get(keyOf(subject))
    const entries = mark === undefined ? [] : (world.stopEntries.get(mark) ?? [])
    return entries
      .filter((entry) => entry.kind === subject.kind && isInScope(entry, where))
      .map((entry) => ({ subject, entry }))
  })
}
