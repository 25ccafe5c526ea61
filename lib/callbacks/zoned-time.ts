import { tzOffset } from '@date-fns/tz'

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
export const MINUTES_A_DAY = 1440
const QUARTER_HOUR_MS = 15 * MINUTE_MS

/** A place on the wall clock and calendar of some zone. */
export interface WallTime {
  /** Whole days since 1970-01-01. */
  day: number
  /** Minutes since midnight, 0 … 1439. */
  minute: number
}

/**
 * Clocks change at whole quarters of an hour only, so an offset is looked up once for each: dates
 * are judged a hundred thousand times a second, and a time-zone look-up costs microseconds.
 */
const knownOffsets = new Map<string, Map<number, number>>()
const MAX_KNOWN_OFFSETS = 20_000

/** Whole minutes that the zone's clocks are ahead of UTC at an instant (epoch milliseconds). */
export function offsetMinutes(zone: string, instantMs: number): number {
  let ofZone = knownOffsets.get(zone)
  if (ofZone === undefined || ofZone.size > MAX_KNOWN_OFFSETS) {
    ofZone = new Map()
    knownOffsets.set(zone, ofZone)
  }
  const quarter = Math.floor(instantMs / QUARTER_HOUR_MS)
  let offset = ofZone.get(quarter)
  if (offset === undefined) {
    offset = Math.trunc(tzOffset(zone, new Date(quarter * QUARTER_HOUR_MS)))
    if (Number.isNaN(offset)) throw new Error(`no such time zone: ${zone}`)
    ofZone.set(quarter, offset)
  }
  return offset
}

/** What calendar and wall clock show in the zone at an instant (epoch milliseconds). */
export function wallTimeAt(zone: string, instantMs: number): WallTime {
  const localMinutes = Math.floor(instantMs / MINUTE_MS) + offsetMinutes(zone, instantMs)
  const day = Math.floor(localMinutes / MINUTES_A_DAY)
  return { day, minute: localMinutes - day * MINUTES_A_DAY }
}

/**
 * The instant (epoch milliseconds) at which the zone's clocks show this time: the first one where
 * the hour comes twice, null where the hour is skipped.
 */
export function instantAt(zone: string, { day, minute }: WallTime): number | null {
  const asUtc = day * DAY_MS + minute * MINUTE_MS
  const before = asUtc - offsetMinutes(zone, asUtc - DAY_MS) * MINUTE_MS
  if (showsTime(zone, before, day, minute)) return before
  const after = asUtc - offsetMinutes(zone, asUtc + DAY_MS) * MINUTE_MS
  return showsTime(zone, after, day, minute) ? after : null
}

function showsTime(zone: string, instantMs: number, day: number, minute: number): boolean {
  const wall = wallTimeAt(zone, instantMs)
  return wall.day === day && wall.minute === minute
}

/** An ISO instant as epoch milliseconds, read to the second. */
export function readInstant(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000
}

/** An instant as ISO text with the zone's offset, to the second: `2026-03-04T13:37:00+03:00`. */
export function writeInstant(zone: string, instantMs: number): string {
  const offset = offsetMinutes(zone, instantMs)
  const local = new Date(instantMs + offset * MINUTE_MS).toISOString().slice(0, 19)
  const size = Math.abs(offset)
  const sign = offset < 0 ? '-' : '+'
  return `${local}${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

/** `dd.MM.yyyy` in the zone, as comments have it. */
export function writeDate(zone: string, instantMs: number): string {
  const [year, month, day] = writeInstant(zone, instantMs).slice(0, 10).split('-')
  return `${day}.${month}.${year}`
}

/** `HH:mm` in the zone. */
export function writeTime(zone: string, instantMs: number): string {
  return writeInstant(zone, instantMs).slice(11, 16)
}

const knownZones = new Set<string>()

/** Whether this runtime knows the IANA zone. */
export function isTimeZone(zone: string): boolean {
  if (knownZones.has(zone)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    return false
  }
  knownZones.add(zone)
  return true
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
