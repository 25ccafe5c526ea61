import { z } from 'zod'
import { Instant } from './common.ts'

/** Whom an entry is about. A number or a mailbox is barred alone; only `company` bars them all. */
export const StopSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phone'), value: z.string().regex(/^\+\d{9,15}$/) }),
  z.strictObject({ kind: z.literal('mail'), value: z.string().min(3).max(254) }),
  z.strictObject({
    kind: z.literal('company'),
    value: z
      .string()
      .regex(/^(bitrix24:[1-9]\d*|edrpou:\d{8}|inn:(\d{10}|\d{12})|name:.{1,200})$/u),
  }),
])
export type StopSubject = z.infer<typeof StopSubject>

/** Where an entry holds: everywhere, in all work for one customer, or in one campaign. */
export const StopScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('global') }),
  z.strictObject({ kind: z.literal('customer'), id: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('campaign'), id: z.string().min(1).max(100) }),
])
export type StopScope = z.infer<typeof StopScope>

/** A way of reaching somebody. */
export const ContactChannel = z.enum(['call', 'sms', 'mail'])
export type ContactChannel = z.infer<typeof ContactChannel>

/** How long an entry holds: for good, until a person has looked at it, or up to an instant. */
export const StopTerm = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('permanent') }),
  z.strictObject({ kind: z.literal('until_reviewed') }),
  z.strictObject({ kind: z.literal('until'), until: Instant }),
])
export type StopTerm = z.infer<typeof StopTerm>

/** One entry with its trace. It is never deleted: a reversal is added to it. */
export const StopEntry = z.strictObject({
  id: z.uuid(),
  subject: StopSubject,
  scope: StopScope,
  channel: z.enum([...ContactChannel.options, 'all']),
  term: StopTerm,
  source: z.enum(['client', 'operator', 'import', 'regulator', 'repeat_limit']),
  /** What the client said, or the file or paper it comes from. */
  words: z.string().max(2000),
  enteredAt: Instant,
  enteredBy: z.string().min(1).max(200),
  reversal: z
    .strictObject({
      at: Instant,
      by: z.string().min(1).max(200),
      reason: z.string().trim().min(1).max(2000),
    })
    .nullable(),
})
export type StopEntry = z.infer<typeof StopEntry>

/** POST /v1/stop-list/entries: one cause, all the subjects it bars. */
export const StopListRequest = z.strictObject({
  subjects: z.array(StopSubject).min(1).max(50),
  scope: StopScope,
  channel: z.enum([...ContactChannel.options, 'all']),
  term: StopTerm,
  source: StopEntry.shape.source,
  words: StopEntry.shape.words,
})
export type StopListRequest = z.infer<typeof StopListRequest>

export const StopListEntries = z.strictObject({ entries: z.array(StopEntry) })
export type StopListEntries = z.infer<typeof StopListEntries>

/** Hashed, so that the copy is no list of clients to whoever glances at it (docs/adr/0016). */
export const StopListCopyEntry = z.strictObject({
  id: z.uuid(),
  /** HMAC-SHA-256 of `<kind>:<value>` by the copy's salt, its first 16 bytes, base64url. */
  subject: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  kind: z.enum(['phone', 'mail', 'company']),
  scope: StopScope,
  channel: StopEntry.shape.channel,
  term: StopTerm,
  source: StopEntry.shape.source,
  enteredAt: Instant,
})
export type StopListCopyEntry = z.infer<typeof StopListCopyEntry>

/**
 * What the extension keeps for when the relay is away. `since` null = the whole list; else what
 * changed after that version, `removed` being ids of reversed entries. An entry whose term was
 * changed by a review comes again under its id and replaces what was held.
 */
export const StopListCopy = z.strictObject({
  version: z.int().nonnegative(),
  since: z.int().nonnegative().nullable(),
  issuedAt: Instant,
  /** 16 bytes, base64url; a new one begins a whole copy. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  entries: z.array(StopListCopyEntry),
  removed: z.array(z.uuid()),
})
export type StopListCopy = z.infer<typeof StopListCopy>

/** GET /v1/stop-list/copy?since=&salt= → a JWS (ES256, typ `prozvon-stop-list+jws`) of a StopListCopy. */
export const SignedStopListCopy = z.strictObject({ envelope: z.string() })
export type SignedStopListCopy = z.infer<typeof SignedStopListCopy>
