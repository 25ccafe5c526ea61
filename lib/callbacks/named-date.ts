import type { ViolationCode } from '../contracts/outcome.ts'
import { isWithin, WAKING_HOURS } from './limits.ts'
import type { WorkingDays } from './working-days.ts'
import { wallTimeAt } from './zoned-time.ts'

export type DateViolation = Extract<
  ViolationCode,
  'date_in_past' | 'beyond_limit' | 'outside_hours' | 'non_working_day'
>

/** A date that somebody named, and what it is judged by. Instants are epoch milliseconds. */
export interface NamedDate {
  at: number
  now: number
  zone: string
  clientZone: string | null
  calendar: WorkingDays
  /** Calendar days after today, in the campaign's zone. */
  maxDays: number
  /** A client may name a day off; nobody else may. */
  namedByClient: boolean
}

/** What speaks against a named date (001-17, 001-18, 001-28). Of a past one nothing else is told. */
export function judgeNamedDate(date: NamedDate): DateViolation[] {
  if (date.at <= date.now) return ['date_in_past']
  const here = wallTimeAt(date.zone, date.at)
  const today = wallTimeAt(date.zone, date.now).day
  const isAwake =
    isWithin(WAKING_HOURS, here.minute) &&
    (date.clientZone === null ||
      isWithin(WAKING_HOURS, wallTimeAt(date.clientZone, date.at).minute))

  const violations: DateViolation[] = []
  if (here.day - today > date.maxDays) violations.push('beyond_limit')
  if (!isAwake) violations.push('outside_hours')
  if (!date.namedByClient && !date.calendar.isWorking(here.day)) violations.push('non_working_day')
  return violations
}
