/** How many calendar days after today a named date may lie (001-28: five for a callback). */
export const MAX_CALLBACK_DAYS = 5
export const MAX_AWAITED_CALL_DAYS = 14
export const MAX_NEXT_CONTACT_DAYS = 400

/** A part of the day in minutes since midnight: `from` belongs to it, `until` does not. */
export interface DayWindow {
  from: number
  until: number
}

/** When calls are drawn (001-28: 9:00 to 18:00). */
export const CALLING_HOURS: DayWindow = { from: 9 * 60, until: 18 * 60 }
/** When a person may name a call, and what a client's hours widen to where zones lie far apart. */
export const WAKING_HOURS: DayWindow = { from: 8 * 60, until: 20 * 60 }

/** How far a callback keeps from the clock times at which nobody was reached before. */
export const MINUTES_FROM_EARLIER_ATTEMPTS = 60

export function isWithin(window: DayWindow, minute: number): boolean {
  return minute >= window.from && minute < window.until
}
