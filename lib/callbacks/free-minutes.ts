import type { DrawRequest } from './draw-request.ts'
import {
  CALLING_HOURS,
  type DayWindow,
  isWithin,
  MINUTES_FROM_EARLIER_ATTEMPTS,
  WAKING_HOURS,
} from './limits.ts'
import { instantAt, MINUTE_MS, offsetMinutes, wallTimeAt } from './zoned-time.ts'

/** One minute of calling hours: as an instant, and as the campaign's clocks show it. */
interface Minute {
  at: number
  onClock: number
}

/**
 * The minutes of a day at which a callback may be drawn, as instants: in calling hours here and
 * at the client's, never :00 or :30, never taken (001-28, 001-29); and an hour away from earlier
 * attempts, as long as that leaves any.
 */
export function allowedMinutes(request: DrawRequest, day: number): number[] {
  const { zone, clientZone, taken, earlierAttempts } = request
  const hours = callingHours(zone, day)
  const shared =
    clientZone === null
      ? hours
      : firstNonEmpty(
          () => hours.filter(openAtClient(clientZone, hours, CALLING_HOURS)),
          () => hours.filter(openAtClient(clientZone, hours, WAKING_HOURS)),
        )

  const takenMinutes = new Set(taken.map((at) => Math.floor(at / MINUTE_MS)))
  const free = shared.filter(
    ({ at, onClock }) => onClock % 30 !== 0 && !takenMinutes.has(at / MINUTE_MS),
  )

  const earlierMinutes = earlierAttempts.map((at) => wallTimeAt(zone, at).minute)
  const isFarFromEarlier = ({ onClock }: Minute): boolean =>
    earlierMinutes.every((earlier) => Math.abs(onClock - earlier) >= MINUTES_FROM_EARLIER_ATTEMPTS)
  return firstNonEmpty(
    () => free.filter(isFarFromEarlier),
    () => free,
  ).map(({ at }) => at)
}

function callingHours(zone: string, day: number): Minute[] {
  const minutes: Minute[] = []
  const first = instantAt(zone, { day, minute: CALLING_HOURS.from })
  const last = instantAt(zone, { day, minute: CALLING_HOURS.until - 1 })
  const length = CALLING_HOURS.until - CALLING_HOURS.from
  const isEven = first !== null && last !== null && last - first === (length - 1) * MINUTE_MS
  for (let passed = 0; passed < length; passed += 1) {
    const onClock = CALLING_HOURS.from + passed
    const at = isEven ? first + passed * MINUTE_MS : instantAt(zone, { day, minute: onClock })
    if (at !== null) minutes.push({ at, onClock })
  }
  return minutes
}

/** Whether a minute lies in the client's window; one offset will do where his clocks don't change meanwhile. */
function openAtClient(zone: string, hours: readonly Minute[], window: DayWindow) {
  const [first, last] = [hours.at(0), hours.at(-1)]
  if (first && last && offsetMinutes(zone, first.at) === offsetMinutes(zone, last.at)) {
    const shift = wallTimeAt(zone, first.at).minute - first.at / MINUTE_MS
    return ({ at }: Minute) => isWithin(window, (((at / MINUTE_MS + shift) % 1440) + 1440) % 1440)
  }
  return ({ at }: Minute) => isWithin(window, wallTimeAt(zone, at).minute)
}

function firstNonEmpty<T>(preferred: () => T[], fallback: () => T[]): T[] {
  const items = preferred()
  return items.length > 0 ? items : fallback()
}
