import type { DrawRequest } from './draw-request.ts'
import {
  CALLING_HOURS,
  type DayWindow,
  isWithin,
  MINUTES_FROM_EARLIER_ATTEMPTS,
  WAKING_HOURS,
} from './limits.ts'
import { pick, randomFrom } from './random.ts'
import { instantAt, MINUTE_MS, MINUTES_A_DAY, offsetMinutes, wallTimeAt } from './zoned-time.ts'

/** Whether something holds at an instant (epoch milliseconds). */
type Condition = (at: number) => boolean

/** Every minute of calling hours, as the campaign's clocks show it. */
const CALLING_MINUTES = Array.from(
  { length: CALLING_HOURS.until - CALLING_HOURS.from },
  (_, passed) => CALLING_HOURS.from + passed,
)

/** How often chance is asked before all minutes are listed; a free day mostly needs one turn. */
const TURNS = 12

/**
 * A minute of a day for a callback, as an instant: in calling hours here and at the client's,
 * never :00 or :30, never taken (001-28, 001-29); and an hour away from earlier attempts, as long
 * as that leaves any. Each such minute is as likely as the others. Null when none is left.
 */
export function drawMinute(request: DrawRequest, day: number): number | null {
  const { zone, taken, earlierAttempts, seed } = request
  const instantOf = instantsOfDay(zone, day)
  const isOpenThere = openAtClient(request, instantOf)
  const takenMinutes = taken.map((at) => Math.floor(at / MINUTE_MS))
  const earlierMinutes = earlierAttempts.map((at) => wallTimeAt(zone, at).minute)

  const freeInstant = (minute: number): number | null => {
    const at = minute % 30 === 0 ? null : instantOf(minute)
    return at !== null && isOpenThere(at) && !takenMinutes.includes(at / MINUTE_MS) ? at : null
  }
  const isApart = (minute: number): boolean =>
    earlierMinutes.every((earlier) => Math.abs(minute - earlier) >= MINUTES_FROM_EARLIER_ATTEMPTS)

  for (let turn = 0; turn < TURNS; turn += 1) {
    const minute = CALLING_MINUTES[Math.floor(randomFrom(seed, turn) * CALLING_MINUTES.length)]
    if (minute === undefined || !isApart(minute)) continue
    const at = freeInstant(minute)
    if (at !== null) return at
  }
  const free = CALLING_MINUTES.filter((minute) => freeInstant(minute) !== null)
  const apart = free.filter(isApart)
  const minute = pick(apart.length > 0 ? apart : free, seed)
  return minute === null ? null : freeInstant(minute)
}

/** The instant of each minute of calling hours; plain addition unless clocks change meanwhile. */
function instantsOfDay(zone: string, day: number): (minute: number) => number | null {
  const first = instantAt(zone, { day, minute: CALLING_HOURS.from })
  const last = instantAt(zone, { day, minute: CALLING_HOURS.until - 1 })
  const lengthMs = (CALLING_HOURS.until - 1 - CALLING_HOURS.from) * MINUTE_MS
  if (first !== null && last !== null && last - first === lengthMs) {
    return (minute) => first + (minute - CALLING_HOURS.from) * MINUTE_MS
  }
  return (minute) => instantAt(zone, { day, minute })
}

/** Whether the client may be called: in calling hours there, or where these never meet ours, while awake. */
function openAtClient(
  { clientZone }: DrawRequest,
  instantOf: (minute: number) => number | null,
): Condition {
  if (clientZone === null) return () => true
  const minuteThere = clientMinutes(clientZone, instantOf)
  const isOpenIn =
    (window: DayWindow): Condition =>
    (at) =>
      isWithin(window, minuteThere(at))

  const isOpen = isOpenIn(CALLING_HOURS)
  const doWindowsMeet = CALLING_MINUTES.some((minute) => {
    const at = instantOf(minute)
    return at !== null && isOpen(at)
  })
  return doWindowsMeet ? isOpen : isOpenIn(WAKING_HOURS)
}

/** The client's wall minute at an instant; one offset will do unless his clocks change meanwhile. */
function clientMinutes(
  zone: string,
  instantOf: (minute: number) => number | null,
): (at: number) => number {
  const first = instantOf(CALLING_HOURS.from)
  const last = instantOf(CALLING_HOURS.until - 1)
  if (first === null || last === null || offsetMinutes(zone, first) !== offsetMinutes(zone, last)) {
    return (at) => wallTimeAt(zone, at).minute
  }
  const offset = offsetMinutes(zone, first)
  return (at) => (at / MINUTE_MS + offset) % MINUTES_A_DAY
}
