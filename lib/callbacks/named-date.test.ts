import { expect, test } from 'vitest'
import { judgeNamedDate, type NamedDate } from './named-date.ts'
import { workingDaysOf } from './working-days.ts'

const calendar = workingDaysOf({ holidays: ['2026-03-09'] })

test.each<[string, string, Partial<NamedDate>, string[]]>([
  ['this very moment', '2026-03-02T10:15:00+03:00', {}, ['date_in_past']],
  ['a past Sunday night', '2026-03-01T02:00:00+03:00', {}, ['date_in_past']],
  ['tomorrow at noon', '2026-03-03T12:00:00+03:00', {}, []],
  ['eight in the morning', '2026-03-03T08:00:00+03:00', {}, []],
  ['a minute before eight', '2026-03-03T07:59:00+03:00', {}, ['outside_hours']],
  ['eight in the evening', '2026-03-03T20:00:00+03:00', {}, ['outside_hours']],
  [
    'noon here, evening there',
    '2026-03-03T12:00:00+03:00',
    { clientZone: 'Asia/Kamchatka' },
    ['outside_hours'],
  ],
  ['five days ahead, a Saturday', '2026-03-07T12:00:00+03:00', {}, ['non_working_day']],
  ['a Saturday that the client named', '2026-03-07T12:00:00+03:00', { namedByClient: true }, []],
  ['a holiday, too far', '2026-03-09T12:00:00+03:00', {}, ['beyond_limit', 'non_working_day']],
  ['the fifth day by date, late', '2026-03-07T19:59:00+03:00', { namedByClient: true }, []],
  [
    'the sixth day by date, early',
    '2026-03-08T08:00:00+03:00',
    { namedByClient: true },
    ['beyond_limit'],
  ],
])('a named callback: %s', (_, at, changes, violations) => {
  const date: NamedDate = {
    at: Date.parse(at),
    now: Date.parse('2026-03-02T10:15:00+03:00'),
    zone: 'Europe/Moscow',
    clientZone: null,
    calendar,
    maxDays: 5,
    namedByClient: false,
    ...changes,
  }
  expect(judgeNamedDate(date)).toEqual(violations)
})
