import { describe, expect, test } from 'vitest'
import { dayInWords, fromInputs, minuteOfDay, timeInWords, toInputs } from './dates.ts'

const now = Date.parse('2026-03-03T10:15:00+03:00')

describe('dates as people say them', () => {
  test.each([
    ['2026-03-03T23:59:00+03:00', 'ru', 'сегодня'],
    ['2026-03-04T00:00:00+03:00', 'ru', 'завтра'],
    ['2026-03-04T14:37:00+03:00', 'uk', 'завтра'],
    ['2026-03-02T14:37:00+03:00', 'uk', 'учора'],
    ['2026-03-05T14:37:00+03:00', 'ru', 'чт, 5 марта'],
    ['2026-03-05T14:37:00+03:00', 'en', 'Thu, March 5'],
  ] as const)('%s in %s is «%s»', (at, language, words) => {
    expect(dayInWords(at, now, 'Europe/Moscow', language)).toBe(words)
  })

  test('another year is named', () => {
    expect(dayInWords('2027-12-17T12:00:00+03:00', now, 'Europe/Moscow', 'ru')).toContain('2027')
  })

  test('the same instant reads differently where the client is', () => {
    const at = '2026-03-04T14:37:00+03:00'
    expect(timeInWords(at, 'Europe/Moscow', 'ru')).toBe('14:37')
    expect(timeInWords(at, 'Asia/Novosibirsk', 'ru')).toBe('18:37')
  })
})

describe('date and time inputs', () => {
  test('an instant goes into the inputs and comes back the same, also across a clock change', () => {
    for (const at of ['2026-03-27T14:37:00+02:00', '2026-03-30T14:37:00+03:00']) {
      const { date, time } = toInputs(at, 'Europe/Kyiv')
      expect(time).toBe('14:37')
      expect(fromInputs(date, time, 'Europe/Kyiv')).toBe(at)
    }
  })

  test('an incomplete input is no instant', () => {
    expect(fromInputs('', '14:37', 'Europe/Kyiv')).toBeNull()
    expect(fromInputs('2026-03-30', '', 'Europe/Kyiv')).toBeNull()
  })

  test('minutes of the day are those of the zone', () => {
    expect(minuteOfDay(now, 'Europe/Moscow')).toBe(615)
    expect(minuteOfDay(now, 'Asia/Novosibirsk')).toBe(855)
  })
})
