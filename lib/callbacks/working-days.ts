import { DAY_MS } from './zoned-time.ts'

/** Monday to Friday less the campaign's holidays; days are counted since 1970-01-01, a Thursday. */
export interface WorkingDays {
  isWorking(day: number): boolean
}

const THURSDAY = 4
const calendars = new WeakMap<readonly string[], WorkingDays>()

/** The calendar of a campaign. Holidays are dates `YYYY-MM-DD`. */
export function workingDaysOf(campaign: { holidays: readonly string[] }): WorkingDays {
  const known = calendars.get(campaign.holidays)
  if (known !== undefined) return known
  const holidays = new Set(campaign.holidays.map((date) => Date.parse(date) / DAY_MS))
  const calendar = {
    isWorking(day: number): boolean {
      const weekday = (((day + THURSDAY) % 7) + 7) % 7
      return weekday !== 0 && weekday !== 6 && !holidays.has(day)
    },
  }
  calendars.set(campaign.holidays, calendar)
  return calendar
}

/** The `count`-th working day after a day (1 = the next one). */
export function workingDayAfter(calendar: WorkingDays, day: number, count: number): number {
  let found = day
  for (let left = count; left > 0; ) {
    found += 1
    if (calendar.isWorking(found)) left -= 1
  }
  return found
}
