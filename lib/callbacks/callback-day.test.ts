import { expect, test } from 'vitest'
import { callbackDay } from './callback-day.ts'
import { workingDaysOf } from './working-days.ts'

const DAY_MS = 86_400_000
const dayOf = (date: string): number => Date.parse(date) / DAY_MS
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

// 2026-03-02 is a Monday.
test.each<[string, string, string[], string, boolean]>([
  ['Monday’s callback comes on Wednesday', '2026-03-02', [], '2026-03-04', false],
  ['Wednesday’s comes on Friday', '2026-03-04', [], '2026-03-06', false],
  ['Thursday’s falls on Saturday and comes on Monday', '2026-03-05', [], '2026-03-09', false],
  ['Friday’s falls on Sunday and comes on Tuesday', '2026-03-06', [], '2026-03-10', false],
  ['Saturday’s comes on Monday', '2026-03-07', [], '2026-03-09', false],
  ['a holiday Monday makes Saturday Tuesday', '2026-03-05', ['2026-03-09'], '2026-03-10', false],
  [
    'where the second working day lies too far, the first will do',
    '2026-03-06',
    ['2026-03-09', '2026-03-10'],
    '2026-03-11',
    false,
  ],
  [
    'where no day behind the holidays is near enough, it comes before them',
    '2026-03-05',
    ['2026-03-09', '2026-03-10', '2026-03-11'],
    '2026-03-06',
    false,
  ],
  [
    'where there is none before them either, the limit gives way with a warning',
    '2026-03-06',
    ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'],
    '2026-03-13',
    true,
  ],
  [
    'a lone holiday on the target moves it by a day',
    '2026-03-02',
    ['2026-03-04'],
    '2026-03-05',
    false,
  ],
  [
    'the run of days off may have begun before today',
    '2026-03-08',
    ['2026-03-09', '2026-03-10'],
    '2026-03-11',
    false,
  ],
])('%s (001-28)', (_, today, holidays, expected, isBeyondLimit) => {
  const found = callbackDay(workingDaysOf({ holidays }), dayOf(today))
  expect({ ...found, day: dateOf(found.day) }).toEqual({ day: expected, isBeyondLimit })
})
