import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawCallback, drawContactAfterLetter, drawRedial } from './draw.ts'
import type { DrawRequest } from './draw-request.ts'
import { workingDaysOf } from './working-days.ts'
import { writeInstant } from './zoned-time.ts'

const MINUTE_MS = 60_000
const calendar = workingDaysOf({ holidays: [] })

function request(now: string, changes: Partial<DrawRequest> = {}): DrawRequest {
  return {
    now: Date.parse(now),
    zone: 'Europe/Moscow',
    clientZone: null,
    calendar,
    taken: [],
    earlierAttempts: [],
    seed: 42,
    ...changes,
  }
}

/** `HH:mm` as the platform itself tells it, to judge our arithmetic by something else. */
function clock(zone: string, at: number): string {
  return new Date(at).toLocaleTimeString('sv-SE', { timeZone: zone }).slice(0, 5)
}
function date(zone: string, at: number): string {
  return new Date(at).toLocaleDateString('sv-SE', { timeZone: zone })
}

const CAMPAIGN_ZONES = ['Europe/Moscow', 'Europe/Kyiv']
const CLIENT_ZONES = [
  null,
  'Europe/Kyiv',
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Asia/Novosibirsk',
  'Asia/Vladivostok',
]
const requests = fc.record({
  zone: fc.constantFrom(...CAMPAIGN_ZONES),
  clientZone: fc.constantFrom(...CLIENT_ZONES),
  now: fc.integer({ min: Date.UTC(2025, 0, 1) / 1000, max: Date.UTC(2027, 11, 31) / 1000 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
})

describe('a drawn callback (001-28, 001-29)', () => {
  test('is ahead, within five days, on a working day, in both windows and at an uneven minute', () => {
    fc.assert(
      fc.property(requests, ({ zone, clientZone, now, seed }) => {
        const drawn = drawCallback(
          request('2026-01-01T00:00:00Z', { zone, clientZone, now: now * 1000, seed }),
        )
        if (drawn === null) throw new Error('nothing was drawn on a free day')
        const { at } = drawn
        expect(at).toBeGreaterThan(now * 1000)
        const days = (Date.parse(date(zone, at)) - Date.parse(date(zone, now * 1000))) / 86_400_000
        expect(days).toBeGreaterThanOrEqual(1)
        expect(days).toBeLessThanOrEqual(5)
        expect([1, 2, 3, 4, 5]).toContain(new Date(date(zone, at)).getUTCDay())
        expect(clock(zone, at) >= '09:00' && clock(zone, at) < '18:00').toBe(true)
        expect(['00', '30']).not.toContain(clock(zone, at).slice(3))
        if (clientZone !== null) {
          const there = clock(clientZone, at)
          expect(there >= '08:00' && there < '20:00').toBe(true)
        }
      }),
    )
  })

  test('depends on the seed alone', () => {
    const one = request('2026-03-02T10:15:00+03:00')
    expect(drawCallback(one)).toEqual(drawCallback({ ...one }))
    const seeds = Array.from({ length: 200 }, (_, seed) => drawCallback({ ...one, seed })?.at)
    expect(new Set(seeds).size).toBeGreaterThan(100)
  })

  test('reaches every allowed minute of its day, and no other', () => {
    const one = request('2026-03-02T10:15:00+03:00')
    const drawn = new Set(
      Array.from({ length: 20_000 }, (_, seed) => drawCallback({ ...one, seed })?.at),
    )
    expect(drawn.size).toBe(9 * 60 - 18)
  })

  test('stays in the client’s calling hours where these meet ours', () => {
    const times = Array.from({ length: 300 }, (_, seed) =>
      clock(
        'Asia/Novosibirsk',
        drawCallback(request('2026-03-02T10:15:00+03:00', { clientZone: 'Asia/Novosibirsk', seed }))
          ?.at ?? 0,
      ),
    )
    expect(times.every((time) => time >= '13:00' && time < '18:00')).toBe(true)
  })

  test('takes the client’s evening where calling hours never meet', () => {
    const kamchatka = request('2026-03-02T10:15:00+03:00', { clientZone: 'Asia/Kamchatka' })
    const times = Array.from({ length: 300 }, (_, seed) =>
      clock(kamchatka.zone, drawCallback({ ...kamchatka, seed })?.at ?? 0),
    )
    expect(times.every((time) => time >= '09:00' && time < '11:00')).toBe(true)
  })

  test('is refused where even the client’s waking hours never meet ours', () => {
    expect(
      drawCallback(request('2026-03-02T10:15:00+03:00', { clientZone: 'Pacific/Honolulu' })),
    ).toBeNull()
  })

  test('never takes a minute that the operator has promised already', () => {
    const free = drawCallback(request('2026-03-02T10:15:00+03:00'))?.at ?? 0
    const again = drawCallback(request('2026-03-02T10:15:00+03:00', { taken: [free + 30_000] }))
    expect(again?.at).not.toBe(free)
    const nine = Date.parse('2026-03-04T09:00:00+03:00')
    const taken = Array.from({ length: 540 }, (_, minute) => nine + minute * MINUTE_MS)
    expect(drawCallback(request('2026-03-02T10:15:00+03:00', { taken }))).toBeNull()
  })

  test('keeps an hour away from the clock times of earlier attempts, as long as it can', () => {
    const earlier = Date.parse('2026-02-26T12:00:59+03:00')
    const times = Array.from({ length: 500 }, (_, seed) =>
      clock(
        'Europe/Moscow',
        drawCallback(request('2026-03-02T10:15:00+03:00', { earlierAttempts: [earlier], seed }))
          ?.at ?? 0,
      ),
    )
    expect(times.every((time) => time <= '11:00' || time >= '13:00')).toBe(true)
    const everywhere = Array.from(
      { length: 10 },
      (_, hour) => Date.parse('2026-02-26T09:00:00+03:00') + hour * 60 * MINUTE_MS,
    )
    expect(
      drawCallback(request('2026-03-02T10:15:00+03:00', { earlierAttempts: everywhere })),
    ).not.toBeNull()
  })
})

test('a contact after a letter comes on the fifth working day', () => {
  const at = drawContactAfterLetter(request('2026-03-05T10:15:00+03:00'))?.at ?? 0
  expect(date('Europe/Moscow', at)).toBe('2026-03-12')
})

describe('a busy line is dialled again', () => {
  test.each([
    ['in 15 to 30 minutes', '2026-03-02T10:15:40+03:00', '2026-03-02T10:30', '2026-03-02T10:45'],
    [
      'in the first hour before it begins',
      '2026-03-02T08:44:59+03:00',
      '2026-03-02T09:00',
      '2026-03-02T09:59',
    ],
    [
      'at nine at the earliest',
      '2026-03-02T08:45:00+03:00',
      '2026-03-02T09:00',
      '2026-03-02T09:15',
    ],
    [
      'today up to the last minute',
      '2026-03-02T17:29:59+03:00',
      '2026-03-02T17:44',
      '2026-03-02T17:59',
    ],
    [
      'tomorrow when the day is over',
      '2026-03-02T17:30:00+03:00',
      '2026-03-03T09:00',
      '2026-03-03T09:59',
    ],
    [
      'on Monday after Friday evening',
      '2026-03-06T23:50:00+03:00',
      '2026-03-09T09:00',
      '2026-03-09T09:59',
    ],
    ['on Monday on a day off', '2026-03-07T10:00:00+03:00', '2026-03-09T09:00', '2026-03-09T09:59'],
  ])('%s', (_, now, earliest, latest) => {
    const times = Array.from({ length: 600 }, (_, seed) =>
      writeInstant('Europe/Moscow', drawRedial(request(now, { seed })).at).slice(0, 16),
    ).sort()
    expect([times.at(0), times.at(-1)]).toEqual([earliest, latest])
  })
})
