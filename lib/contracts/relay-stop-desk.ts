import { z } from 'zod'
import { Instant } from './common.ts'
import { ContactChannel, StopEntry, StopScope, StopSubject } from './relay-stop-list.ts'

/** The stop list for those who keep it: looking, deciding, files; and the legal basis. */

/** GET /v1/stop-list/entries: newest first. */
export const StopListQuery = z.strictObject({
  /** A number, an address, a company or a part of it, words of the entry, or who entered it. */
  search: z.string().trim().min(1).max(200).optional(),
  kind: z.enum(['phone', 'mail', 'company']).optional(),
  channel: StopEntry.shape.channel.optional(),
  source: StopEntry.shape.source.optional(),
  /** `global`, `customer:<id>`, `campaign:<id>`. */
  scope: z.string().max(120).optional(),
  state: z.enum(['in_force', 'ended', 'reversed', 'all']).default('in_force'),
  cursor: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type StopListQuery = z.infer<typeof StopListQuery>

/** `next` null = this was the last page. */
export const StopListPage = z.strictObject({
  entries: z.array(StopEntry),
  next: z.string().nullable(),
})
export type StopListPage = z.infer<typeof StopListPage>

/** POST /v1/stop-list/entries/:id/reversal. */
export const StopReversalRequest = z.strictObject({ reason: z.string().trim().min(1).max(2000) })

/** POST /v1/stop-list/entries/:id/review: what a person decides of an entry `until_reviewed`. */
export const StopReviewRequest = StopReversalRequest.extend({
  decision: z.enum(['keep', 'reverse']),
})
export type StopReviewRequest = z.infer<typeof StopReviewRequest>

/** GET /v1/stop-list/entries/:id: the entry as it holds, and all that was decided of it. */
export const StopEntryTrace = z.strictObject({
  entry: StopEntry,
  decisions: z.array(
    z.strictObject({
      decision: z.enum(['kept', 'reversed']),
      at: Instant,
      by: z.string(),
      reason: z.string(),
    }),
  ),
})
export type StopEntryTrace = z.infer<typeof StopEntryTrace>

/** One contact: the number or address, and every mark that its company is known by. */
export const StopCheck = z.strictObject({
  subjects: z.array(StopSubject).min(1).max(20),
  channel: ContactChannel,
  customerId: z.string().max(100).default(''),
  campaignId: z.string().max(100).default(''),
})
export type StopCheck = z.infer<typeof StopCheck>

/** POST /v1/stop-list/check: before a contact, or for a whole base before its import. */
export const StopListCheckRequest = z.strictObject({ checks: z.array(StopCheck).min(1).max(500) })
export type StopListCheckRequest = z.infer<typeof StopListCheckRequest>

/** In the order of the checks; empty = the contact may be made. Repeat limits are told by `source`. */
export const StopListCheckAnswer = z.strictObject({
  answers: z.array(z.strictObject({ stops: z.array(StopEntry) })),
})
export type StopListCheckAnswer = z.infer<typeof StopListCheckAnswer>

/** Why a line of a file was not taken. */
export const StopImportProblem = z.enum([
  'no_subject',
  'wrong_phone',
  'wrong_mail',
  'wrong_company',
  'wrong_channel',
  'wrong_scope',
  'wrong_term',
  'too_long',
  'open_quote',
  'no_known_column',
])
export type StopImportProblem = z.infer<typeof StopImportProblem>

/** POST /v1/stop-list/import: what the file would do (`dryRun`), or did. */
export const StopImportReport = z.strictObject({
  dryRun: z.boolean(),
  /** Entries; one line may make several. */
  added: z.int().nonnegative(),
  /** In force already, so not added again. */
  known: z.int().nonnegative(),
  /** Lines that an export marks as reversed or ended. */
  past: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** The first of the refusals; line 1 is the heading. */
  problems: z
    .array(z.strictObject({ line: z.int(), reason: StopImportProblem, cell: z.string() }))
    .max(1000),
})
export type StopImportReport = z.infer<typeof StopImportReport>

/** How the entries of a file hold where its lines don't say it. */
export const StopImportOptions = z.strictObject({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  /** `global`, `customer:<id>`, `campaign:<id>`. */
  scope: z.string().max(120).default('global'),
  channel: StopEntry.shape.channel.default('all'),
  /** `permanent`, `until_reviewed`, or the day or instant at which it ends. */
  term: z.string().max(40).default('permanent'),
  /** Whose numbers are written without their country. */
  country: z.enum(['UA', 'RU']).optional(),
  source: z.enum(['import', 'regulator']).default('import'),
})
export type StopImportOptions = z.infer<typeof StopImportOptions>

/** Why somebody may be contacted, as the law asks: written down with its wording and time. */
export const Consent = z.strictObject({
  id: z.uuid(),
  subject: StopSubject,
  scope: StopScope,
  channel: StopEntry.shape.channel,
  basis: z.enum(['consent', 'contract', 'request', 'legitimate_interest', 'public_source']),
  /** What was agreed to, in the words used; or where the number is published. */
  words: z.string().trim().min(1).max(2000),
  givenAt: Instant,
  enteredAt: Instant,
  enteredBy: z.string(),
  withdrawal: z.strictObject({ at: Instant, by: z.string(), words: z.string() }).nullable(),
})
export type Consent = z.infer<typeof Consent>

/** POST /v1/consents. */
export const ConsentRequest = Consent.omit({
  id: true,
  enteredAt: true,
  enteredBy: true,
  withdrawal: true,
})
export type ConsentRequest = z.infer<typeof ConsentRequest>

/** GET /v1/consents?kind=&value=: everything on record for one subject, newest first. */
export const Consents = z.strictObject({ consents: z.array(Consent) })
export type Consents = z.infer<typeof Consents>

/** POST /v1/consents/:id/withdrawal: from then on the stop list bars the subject there. */
export const ConsentWithdrawalRequest = z.strictObject({ words: z.string().trim().max(2000) })
