import type { Instant } from '../contracts/common.ts'
import type { ContactChannel, StopEntry, StopSubject } from '../contracts/relay-stop-list.ts'

export interface StopQuestion {
  /** The number or address to be used, and every mark that its company is known by. */
  subjects: readonly StopSubject[]
  channel: ContactChannel
  customerId: string
  campaignId: string
  now: Instant
}

/**
 * The entries that bar this contact now, in the order given; none = it may be made. Pure, so that
 * relay and extension can ask the same question of the same entries.
 */
export function stopsOf(entries: readonly StopEntry[], question: StopQuestion): StopEntry[] {
  return entries.filter(
    (entry) =>
      isInForce(entry, question.now) &&
      (entry.channel === 'all' || entry.channel === question.channel) &&
      isInScope(entry, question) &&
      question.subjects.some((subject) => isSame(subject, entry.subject)),
  )
}

/** Whether an entry still holds; one with a term ends at its instant, a reversed one at once. */
export function isInForce({ term, reversal }: StopEntry, now: Instant): boolean {
  if (reversal !== null) return false
  return term.kind !== 'until' || Date.parse(now) < Date.parse(term.until)
}

function isInScope({ scope }: StopEntry, question: StopQuestion): boolean {
  switch (scope.kind) {
    case 'global':
      return true
    case 'customer':
      return scope.id === question.customerId
    case 'campaign':
      return scope.id === question.campaignId
  }
}

function isSame(a: StopSubject, b: StopSubject): boolean {
  return a.kind === b.kind && a.value === b.value
}
