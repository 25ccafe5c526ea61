import { z } from 'zod'

/** Languages of the interface; `uk` is Ukrainian, which Bitrix24 calls `ua`. */
export const Language = z.enum(['ru', 'uk', 'en'])
export type Language = z.infer<typeof Language>

/** Languages a client is spoken and written to in. */
export const ClientLanguage = z.enum(['ru', 'uk'])
export type ClientLanguage = z.infer<typeof ClientLanguage>

/** An instant as ISO 8601 with an offset, e.g. `2026-03-04T13:37:00+03:00`. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** A calendar date, `YYYY-MM-DD`, in the zone that its owner names. */
export const CalendarDate = z.iso.date()
export type CalendarDate = z.infer<typeof CalendarDate>

/** An origin such as `https://portal.bitrix24.test`: scheme and host, no path. */
export const Origin = z.string().refine(isOrigin, 'an origin: scheme and host without a path')
export type Origin = z.infer<typeof Origin>

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text
  } catch {
    return false
  }
}

/** An expected failure is a value; a bug throws. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; reason: E }

/** Marks the place where a `switch` over a closed union must have ended. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
