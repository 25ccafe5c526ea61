import type { AttemptDraft } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { CardDetails, CardSnapshot } from '../contracts/card.ts'
import type { Instant } from '../contracts/common.ts'
import type { StopList } from '../contracts/outcome.ts'
import type { CardStop } from '../contracts/panel-stop-list.ts'
import type { ContactChannel, StopSubject } from '../contracts/relay-stop-list.ts'
import { isForChannel, isTermOpen } from './check.ts'
import { companySubject, mailSubject, phoneSubject } from './subject.ts'

/** By which id entries for all work of a customer know him: his name in the campaign. */
export function customerIdOf({ customer }: Pick<Campaign, 'customer'>): string {
  return customer.name
}

type KnownCard = CardSnapshot & Partial<Pick<CardDetails, 'emails' | 'companyId'>>

/** Everybody who could be reached by a card and its attempt in hand, and their company; each once. */
export function subjectsOf(card: KnownCard, draft: AttemptDraft | null = null): StopSubject[] {
  const numbers = [...card.phones.map(({ e164, raw }) => e164 ?? raw), ...numbersOf(draft)]
  const mails = [...(card.emails ?? []), draft?.input.email ?? '']
  const found = [
    ...numbers.map((number) => phoneSubject(number)),
    ...mails.map(mailSubject),
    ...companyMarksOf(card).map(companySubject),
  ].flatMap((subject) => (subject.ok ? [subject.value] : []))
  return [...new Map(found.map((subject) => [keyOf(subject), subject])).values()]
}

/** A subject as a key of maps. */
export function keyOf({ kind, value }: StopSubject): string {
  return `${kind}:${value}`
}

function numbersOf(draft: AttemptDraft | null): string[] {
  return draft?.calls.map(({ number }) => number) ?? []
}

function companyMarksOf({ card, company, companyId }: KnownCard) {
  const id = card.kind === 'company' ? card.id : (companyId ?? null)
  return [
    ...(id === null ? [] : [{ by: 'bitrix24' as const, id }]),
    ...(company === null ? [] : [{ by: 'name' as const, text: company }]),
  ]
}

/**
 * The stops that bar one number or address on one channel now; none = it may be used. Another
 * barred number bars nothing here, an entry about the company bars all.
 */
export function stopsFor(
  stops: readonly CardStop[],
  { address, channel, now }: { address: string; channel: ContactChannel; now: Instant },
): CardStop[] {
  const asked = channel === 'mail' ? mailSubject(address) : phoneSubject(address)
  const value = asked.ok ? asked.value.value : address
  return stops.filter(
    ({ subject, entry }) =>
      (subject.kind === 'company' || subject.value === value) &&
      isForChannel(entry, channel) &&
      isTermOpen(entry, now),
  )
}

/**
 * Whether an attempt's outgoing calls went to barred numbers alone, as a result of the card would
 * say it; permanent wins. Null as long as one of them might be called.
 */
export function stopListOfCalls(
  stops: readonly CardStop[],
  { calls }: Pick<AttemptDraft, 'calls'>,
  now: Instant,
): StopList | null {
  const barring = calls
    .filter(({ direction }) => direction === 'out')
    .map(({ number }) => stopsFor(stops, { address: number, channel: 'call', now }))
  if (barring.length === 0 || barring.some((found) => found.length === 0)) return null
  const isForGood = barring.flat().some(({ entry }) => entry.term.kind === 'permanent')
  return isForGood ? 'permanent' : 'until_reviewed'
}
