import type { CardDetails, CardPhone, CardRef } from '../contracts/card.ts'
import type { Item } from './card-rows.ts'

export interface CardReaders {
  /** A number as written → E.164; null = it can't be dialled as it stands. */
  normalise(raw: string): string | null
  /** The client's IANA zone by city and numbers; null = unknown. */
  timeZoneOf?(city: string | null, numbers: readonly string[]): string | null
}
interface DetailsOptions extends CardReaders {
  /** Epoch milliseconds. */
  now: number
  fields?: readonly string[]
}

/** What was read of a card; null = there is none. */
export interface CardParts {
  entity: Item
  company: Item | null
  contact: Item | null
  city: string | null
}

/** What the panel shows of a card, the contact's words before the lead's own. */
export function detailsOf(card: CardRef, parts: CardParts, options: DetailsOptions): CardDetails {
  const { entity, company, contact, city } = parts
  const phones = phonesOf([entity, contact, company], options.normalise)
  const numbers = phones.flatMap(({ e164 }) => (e164 === null ? [] : [e164]))
  return {
    card,
    title: entity.title ?? '',
    company: company?.title ?? entity.companyTitle,
    contact: (contact && nameOf(contact)) ?? nameOf(entity),
    role: contact?.post ?? entity.post,
    phones,
    emails: [...new Set(valuesOf([entity, contact, company], 'EMAIL').map(({ value }) => value))],
    city,
    timeZone: options.timeZoneOf?.(city, numbers) ?? null,
    companyId: company?.id ?? null,
    stageId: entity.stageId,
    responsibleId: entity.assignedById,
    sourceId: entity.sourceId,
    fields: fieldsOf(entity, options.fields ?? []),
    readAt: new Date(options.now).toISOString(),
  }
}

/** The values of some fields as text; Bitrix24 gives numbers, lists and empty strings as well. */
function fieldsOf(entity: Item, names: readonly string[]): Record<string, string[]> {
  const read = names.map((name) => {
    const values = [entity[name]].flat().filter((value) => SCALARS.has(typeof value))
    return [name, values.map(String).filter((value) => value.trim() !== '')] as const
  })
  return Object.fromEntries(read.filter(([, values]) => values.length > 0))
}
const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean'])

function nameOf({ name, secondName, lastName }: Item): string | null {
  return [name, secondName, lastName].filter((part) => part !== null).join(' ') || null
}

function valuesOf(items: readonly (Item | null)[], typeId: string) {
  return items
    .flatMap((item) => item?.fm ?? [])
    .filter((field) => field.typeId === typeId && field.value.trim() !== '')
}

/** Every number once; the card's own first, then the contact's and the company's. */
function phonesOf(
  items: readonly (Item | null)[],
  normalise: DetailsOptions['normalise'],
): CardPhone[] {
  const phones = new Map<string, CardPhone>()
  for (const { value: raw, valueType: label } of valuesOf(items, 'PHONE')) {
    const e164 = normalise(raw)
    const key = e164 ?? raw
    if (!phones.has(key)) phones.set(key, { raw, e164, label })
  }
  return [...phones.values()]
}
