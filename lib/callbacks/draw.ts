import { callbackDay } from './callback-day.ts'
import { drawMinute } from './draw-minute.ts'
import type { DrawRequest } from './draw-request.ts'
import { CALLING_HOURS, isWithin } from './limits.ts'
import { pick } from './random.ts'
import { workingDayAfter } from './working-days.ts'
import { instantAt, MINUTE_MS, wallTimeAt } from './zoned-time.ts'

export interface DrawnTime {
  at: number
  isBeyondLimit: boolean
}

const WORKING_DAYS_AFTER_LETTER = 5
const REDIAL_AFTER_MINUTES = { from: 15, to: 30 }
const FIRST_HOUR_MINUTES = 60

/** A time for a callback that nobody named (001-28, 001-29), or null when its day has no minute left. */
export function drawCallback(request: DrawRequest): DrawnTime | null {
  const { day, isBeyondLimit } = callbackDay(request.calendar, todayOf(request))
  const at = drawMinute(request, day)
  return at === null ? null : { at, isBeyondLimit }
}

/** A time for asking whether the letter was read: five working days after today. */
export function drawContactAfterLetter(request: DrawRequest): DrawnTime | null {
  const day = workingDayAfter(request.calendar, todayOf(request), WORKING_DAYS_AFTER_LETTER)
  const at = drawMinute(request, day)
  return at === null ? null : { at, isBeyondLimit: false }
}

/**
 * When to dial a busy line again: in 15 to 30 minutes within calling hours, else in the first
 * hour of today or of the next working day. Other rules of drawing don't apply.
 */
export function drawRedial({ now, zone, calendar, seed }: DrawRequest): DrawnTime {
  const minuteNow = Math.floor(now / MINUTE_MS) * MINUTE_MS
  const earliest = minuteNow + REDIAL_AFTER_MINUTES.from * MINUTE_MS
  const latest = minuteNow + REDIAL_AFTER_MINUTES.to * MINUTE_MS
  const today = wallTimeAt(zone, now).day
  const [from, to] = [wallTimeAt(zone, earliest), wallTimeAt(zone, latest)]

  if (calendar.isWorking(today) && from.day === today) {
    if (from.minute < CALLING_HOURS.from)
      return { at: inFirstHour(zone, today, seed), isBeyondLimit: false }
    if (to.day === today && isWithin(CALLING_HOURS, to.minute)) {
      const choices = Array.from(
        { length: (latest - earliest) / MINUTE_MS + 1 },
        (_, minute) => earliest + minute * MINUTE_MS,
      )
      return { at: pick(choices, seed) ?? earliest, isBeyondLimit: false }
    }
  }
  const nextDay = workingDayAfter(calendar, today, 1)
  return { at: inFirstHour(zone, nextDay, seed), isBeyondLimit: false }
}

function todayOf({ zone, now }: DrawRequest): number {
  return wallTimeAt(zone, now).day
}

function inFirstHour(zone: string, day: number, seed: number): number {
  const choices = Array.from({ length: FIRST_HOUR_MINUTES }, (_, minute) =>
    instantAt(zone, { day, minute: CALLING_HOURS.from + minute }),
  ).filter((at) => at !== null)
  const at = pick(choices, seed)
  if (at === null) throw new Error(`clocks of ${zone} skip the first working hour of day ${day}`)
  return at
}
