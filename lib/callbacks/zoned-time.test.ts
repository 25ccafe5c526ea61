import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantAt, offsetMinutes, readInstant, wallTimeAt, writeInstant } from './zoned-time.ts'

const ZONES = [
  'Europe/Moscow',
  'Europe/Kyiv',
  'Asia/Kamchatka',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'UTC',
]
const zones = fc.constantFrom(...ZONES)
const instants = fc
  .integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2040, 0, 1) })
  .map((ms) => Math.floor(ms / 1000) * 1000)

test('wall time agrees with the platform’s own calendar in every zone', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      const shown = new Date(instant).toLocaleString('sv-SE', { timeZone: zone })
      expect(writeInstant(zone, instant).slice(0, 19).replace('T', ' ')).toBe(shown)
    }),
  )
})

test('an instant survives being written and read', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      expect(readInstant(writeInstant(zone, instant))).toBe(instant)
    }),
  )
})

test('a wall time is found again, or does not exist there', () => {
  fc.assert(
    fc.property(zones, instants, (zone, instant) => {
      const wall = wallTimeAt(zone, instant)
      const found = instantAt(zone, wall)
      expect(found).not.toBeNull()
      expect(wallTimeAt(zone, found ?? 0)).toEqual(wall)
    }),
  )
})

test('the hour that Kyiv skips in spring does not exist; of the doubled one the first counts', () => {
  const spring = Date.UTC(2026, 2, 29) / 86_400_000
  const autumn = Date.UTC(2026, 9, 25) / 86_400_000
  expect(instantAt('Europe/Kyiv', { day: spring, minute: 3 * 60 + 30 })).toBeNull()
  expect(instantAt('Europe/Kyiv', { day: autumn, minute: 3 * 60 + 30 })).toBe(
    Date.parse('2026-10-25T03:30:00+03:00'),
  )
})

test('fractions of a second are cut off', () => {
  expect(readInstant('2026-03-02T10:15:00.999+03:00')).toBe(Date.parse('2026-03-02T07:15:00Z'))
})

test('an unknown zone is a bug, not a silent shift', () => {
  expect(() => offsetMinutes('Europe/Atlantis', 0)).toThrow('no such time zone')
})
