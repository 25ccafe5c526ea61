import { TZDate } from '@date-fns/tz'
import type { Language } from '../contracts/common.ts'

const DAY_MS = 86_400_000
/** As far away as a day has a name of its own: вчера, сегодня, завтра. */
const NAMED_DAYS = 1

/** `14:37` in the given IANA zone. `at` is an ISO instant or epoch milliseconds. */
export function timeInWords(at: string | number, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))
}

/**
 * The day as people say it, seen from `now` (epoch milliseconds): «завтра»; «пт, 27 ноября»
 * further away; with the year when it is another one.
 */
export function dayInWords(
  at: string | number,
  now: number,
  timeZone: string,
  language: Language,
): string {
  const days = Math.round((dayNumber(at, timeZone) - dayNumber(now, timeZone)) / DAY_MS)
  if (Math.abs(days) <= NAMED_DAYS) {
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  }
  const isOtherYear = yearOf(at, timeZone) !== yearOf(now, timeZone)
  return new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(isOtherYear && { year: 'numeric' }),
  }).format(new Date(at))
}

/** Hour and minute of the day in a zone, as minutes from midnight. */
export function minuteOfDay(at: number, timeZone: string): number {
  const date = new TZDate(at, timeZone)
  return date.getHours() * 60 + date.getMinutes()
}

/** What `<input type="date">` and `<input type="time">` show for an instant. */
export function toInputs(at: string | number, timeZone: string): { date: string; time: string } {
  const local = new TZDate(new Date(at).getTime(), timeZone)
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    date: `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`,
    time: `${two(local.getHours())}:${two(local.getMinutes())}`,
  }
}

/** The instant of a date and a time in a zone, with that zone's offset; null when incomplete. */
export function fromInputs(date: string, time: string, timeZone: string): string | null {
  const [year, month, day] = date.split('-').map(Number)
  const [hour, minute] = time.split(':').map(Number)
  if (!year || !month || !day || hour === undefined || minute === undefined) return null
  if (Number.isNaN(hour) || Number.isNaN(minute)) return null
  const at = new TZDate(year, month - 1, day, hour, minute, 0, timeZone)
  return Number.isNaN(at.getTime()) ? null : at.toISOString().replace('.000', '')
}

function dayNumber(at: string | number, timeZone: string): number {
  const date = new TZDate(new Date(at).getTime(), timeZone)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
}

function yearOf(at: string | number, timeZone: string): number {
  return new TZDate(new Date(at).getTime(), timeZone).getFullYear()
}
