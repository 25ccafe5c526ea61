import { z } from 'zod'
import { Instant, Origin } from './common.ts'

/** Kinds of Bitrix24 cards that can be called from. */
export const CardKind = z.enum(['lead', 'company'])
export type CardKind = z.infer<typeof CardKind>

/** Bitrix24's numbers for the kinds (`entityTypeId`, `OWNER_TYPE_ID`). */
export const ENTITY_TYPE_ID = { lead: 1, company: 4 } as const satisfies Record<CardKind, number>

/** One lead or company of one portal. */
export const CardRef = z.strictObject({
  portal: Origin,
  kind: CardKind,
  id: z.int().positive(),
})
export type CardRef = z.infer<typeof CardRef>

/** The card's key in stores and maps: `https://portal|lead|12`. */
export type CardKey = string & { readonly brand: 'CardKey' }
export function cardKey({ portal, kind, id }: CardRef): CardKey {
  return `${portal}|${kind}|${id}` as CardKey
}
/** The card behind a key; null for what is none. */
export function parseCardKey(key: string): CardRef | null {
  const [portal, kind, id] = key.split('|')
  const parsed = CardRef.safeParse({ portal, kind, id: Number(id) })
  return parsed.success ? parsed.data : null
}
export function isSameCard(a: CardRef | null, b: CardRef | null): boolean {
  return a !== null && b !== null && cardKey(a) === cardKey(b)
}

/** A phone number as it stands in the card, and as it can be dialled. */
export const CardPhone = z.strictObject({
  /** As written in the card. */
  raw: z.string(),
  /** E.164 (`+380672945123`), or null when it can't be dialled as it stands. */
  e164: z.string().nullable(),
  /** Bitrix24's VALUE_TYPE: WORK, MOBILE, … */
  label: z.string().default('WORK'),
})
export type CardPhone = z.infer<typeof CardPhone>

/** What the page itself tells of a card, at once: a snapshot at load, never the truth. */
export const CardSnapshot = z.strictObject({
  card: CardRef,
  title: z.string(),
  company: z.string().nullable(),
  contact: z.string().nullable(),
  phones: z.array(CardPhone),
})
export type CardSnapshot = z.infer<typeof CardSnapshot>

/** What Bitrix24's REST tells of a card. Unknown things are null. */
export const CardDetails = z.strictObject({
  card: CardRef,
  title: z.string(),
  company: z.string().nullable(),
  contact: z.string().nullable(),
  /** The contact's role («директор»), if the card knows one. */
  role: z.string().nullable(),
  phones: z.array(CardPhone),
  emails: z.array(z.string()),
  city: z.string().nullable(),
  /** IANA zone of the client, derived from number and address; null = unknown. */
  timeZone: z.string().nullable(),
  /** The company that the card belongs to; absent in what an older version kept. */
  companyId: z.int().positive().nullable().optional(),
  stageId: z.string().nullable(),
  responsibleId: z.int().nullable(),
  /** Absent in what an older version kept; then unknown. */
  sourceId: z.string().nullable().optional(),
  /** Values of the fields that campaigns ask for, as text; a field without a value is not there. */
  fields: z.record(z.string(), z.array(z.string())).optional(),
  readAt: Instant,
})
export type CardDetails = z.infer<typeof CardDetails>

/** An open to-do of the card. */
export const OpenTodo = z.strictObject({
  id: z.int(),
  title: z.string(),
  deadline: Instant.nullable(),
  responsibleId: z.int().nullable(),
  /** The attempt that made it, when it carries our mark. */
  attemptId: z.string().nullable(),
})
export type OpenTodo = z.infer<typeof OpenTodo>
