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
