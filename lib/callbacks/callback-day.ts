import { MAX_CALLBACK_DAYS } from './limits.ts'
import { type WorkingDays, workingDayAfter } from './working-days.ts'

const USUAL_DELAY_DAYS = 2

/** On which day a callback that nobody named falls; days since 1970-01-01. */
export interface CallbackDay {
  day: number
  /** Holidays left no working day within the limit of five days. */
  isBeyondLimit: boolean
}

/**
 * Two days from today (001-28). A day off moves it behind the days off, so that Saturday's
 * callbacks come on Monday and Sunday's on Tuesday; where that is more than five days ahead, it
 * comes earlier, and only where no day is left at all does it go beyond the limit.
 */
export function callbackDay(calendar: WorkingDays, today: number): CallbackDay {
  const target = today + USUAL_DELAY_DAYS
  const latest = today + MAX_CALLBACK_DAYS
  if (calendar.isWorking(target)) return { day: target, isBeyondLimit: false }

  const { place, last } = runOfDaysOff(calendar, target)
  const samePlace = workingDayAfter(calendar, last, place)
  if (samePlace <= latest) return { day: samePlace, isBeyondLimit: false }
  const first = workingDayAfter(calendar, last, 1)
  if (first <= latest) return { day: first, isBeyondLimit: false }
  for (let day = target - 1; day > today; day -= 1) {
    if (calendar.isWorking(day)) return { day, isBeyondLimit: false }
  }
  return { day: first, isBeyondLimit: true }
}

/** Where in its run of days off a day stands (1 = first), and the run's last day. */
function runOfDaysOff(calendar: WorkingDays, day: number): { place: number; last: number } {
  let first = day
  while (!calendar.isWorking(first - 1)) first -= 1
  let last = day
  while (!calendar.isWorking(last + 1)) last += 1
  return { place: day - first + 1, last }
}
