import type { Instant } from '../contracts/common.ts'
import type { ContactChannel, StopEntry, StopSubject } from '../contracts/relay-stop-list.ts'

/** Under which circumstances somebody is to be reached. */
export interface StopCircumstances {
  channel: ContactChannel
  customerId: string
  campaignId: string
  now: Instant
}

export interface StopQuestion extends StopCircumstances {
  /** The number or address to be used, and every mark that its company is known by. */
  subjects: readonly StopSubject[]
}

/**
 * The entries that bar this contact now, in the order given; none = it may be made. Pure, so that
 * relay and extension can ask the same question of the same entries.
 */
export function stopsOf(entries: readonly StopEntry[], question: StopQuestion): StopEntry[] {
  return entries.filter(
    (entry) =>
      isInForce(entry, question.now) &&
      isForChannel(entry, question.channel) &&
      isInScope(entry, question) &&
      question.subjects.some((subject) => isSame(subject, entry.subject)),
  )
}

/** Whether an entry still holds; one with a term ends at its instant, a reversed one at once. */
export function isInForce({ term, reversal }: StopEntry, now: Instant): boolean {
  return reversal === null && isTermOpen({ term }, now)
}

/** Whether an entry that nobody reversed still holds. */
export function isTermOpen({ term }: Pick<StopEntry, 'term'>, now: Instant): boolean {
  return term.kind !== 'until' || Date.parse(now) < Date.parse(term.until)
}

/** Whether an entry bars this way of reaching somebody. */
export function isForChannel(
  { channel }: Pick<StopEntry, 'channel'>,
  asked: ContactChannel,
): boolean {
  return channel === 'all' || channel === asked
}

/** Whether an entry holds in the work for this customer, in this campaign. */
export function isInScope(
  { scope }: Pick<StopEntry, 'scope'>,
  question: Pick<StopCircumstances, 'customerId' | 'campaignId'>,
): boolean {
  switch (scope.kind) {
    case 'global':
      return true
    case 'customer':
      return scope.id === question.customerId
    case 'campaign':
      return scope.id === question.campaignId
  }
}

/** Whether two subjects are one. */
export function isSame(a: StopSubject, b: StopSubject): boolean {
  return a.kind === b.kind && a.value === b.value
}
