import { describe, expect, test } from 'vitest'
import { formatPhone } from './format-phone.ts'
import { isMobile } from './is-mobile.ts'
import { normalisePhone } from './normalise-phone.ts'
import { splitPhones } from './split-phones.ts'
import { timeZoneOf, timeZoneOfNumbers } from './time-zone.ts'

describe('a number as people write it becomes E.164 (000-23)', () => {
  test.each([
    ['380672945123', '+380672945123'],
    ['+380 (67) 294-51-23', '+380672945123'],
    ['80672945123', '+380672945123'],
    ['067 294 51 23', '+380672945123'],
    ['38(044)490-12-34', '+380444901234'],
    ['8 (495) 123-00-01', '+74951230001'],
    ['74951230001', '+74951230001'],
    ['8\u00a0916\u00a0123\u00a045\u00a067', '+79161234567'],
    ['тел. +7 495 123‑00‑01', '+74951230001'],
    ['+7 701 123 45 67', '+77011234567'],
    ['+375 29 123-45-67', '+375291234567'],
  ])('%s → %s', (raw, e164) => {
    expect(normalisePhone(raw)).toEqual({ ok: true, e164, extension: null })
  })

  test('an extension is kept apart', () => {
    expect(normalisePhone('+7 (495) 123-00-01, доб. 12')).toEqual({
      ok: true,
      e164: '+74951230001',
      extension: '12',
    })
    expect(normalisePhone('0444901234 ext 305')).toMatchObject({ extension: '305' })
  })

  test('without its country a number needs the country of the base', () => {
    expect(normalisePhone('495 123-00-01').ok).toBe(false)
    expect(normalisePhone('495 123-00-01', { defaultCountry: 'RU' })).toMatchObject({
      e164: '+74951230001',
    })
    expect(normalisePhone('672945123', { defaultCountry: 'UA' })).toMatchObject({
      e164: '+380672945123',
    })
  })

  test.each([
    ['', 'empty'],
    [' , ', 'not_a_number'],
    ['38067ххх5123', 'not_a_number'],
    ['спросить Ивана', 'not_a_number'],
    ['12345', 'too_short'],
    ['380672945', 'invalid'],
    ['+38067294', 'too_short'],
    ['38067294512', 'invalid'],
    ['3806729451234', 'invalid'],
    ['+70000000000', 'invalid'],
    ['74951230001749512300', 'too_long'],
  ])('a cut, masked or impossible number is refused: %s is %s', (raw, reason) => {
    expect(normalisePhone(raw, { defaultCountry: 'UA' })).toEqual({ ok: false, reason })
  })
})

test('one cell holds several numbers, a trailing comma and an extension (000-23)', () => {
  expect(splitPhones('380672945123,380676545321,')).toEqual(['380672945123', '380676545321'])
  expect(splitPhones(' 0444901234, доб. 12;\n0672945123 ')).toEqual([
    '0444901234, доб. 12',
    '0672945123',
  ])
  expect(splitPhones(' ,;\n')).toEqual([])
})

test.each([
  ['+74951230001', '+7 495 123-00-01'],
  ['+380672945123', '+380 67 294 51 23'],
  ['+375291234567', '+375 29 123 45 67'],
  ['+4915112345678', '+4915112345678'],
  ['101', '101'],
])('%s is shown as %s', (e164, shown) => {
  expect(formatPhone(e164)).toBe(shown)
})

test.each([
  ['+79161234567', true],
  ['+74951230001', false],
  ['+380672945123', true],
  ['+380444901234', false],
  ['+4915112345678', false],
])('an SMS can go to %s: %s', (e164, mobile) => {
  expect(isMobile(e164)).toBe(mobile)
})

describe('the client’s zone follows from number and city', () => {
  test.each([
    ['+380672945123', null, 'Europe/Kyiv'],
    ['+74951230001', null, 'Europe/Moscow'],
    ['+73431230001', null, 'Asia/Yekaterinburg'],
    ['+79161234567', null, null],
    ['+79161234567', 'г. Владивосток', 'Asia/Vladivostok'],
    ['+74951230001', 'Омск', 'Asia/Omsk'],
    ['+79161234567', 'Орел', 'Europe/Moscow'],
    [null, 'м. Київ', 'Europe/Kyiv'],
    ['+77011234567', null, 'Asia/Almaty'],
    ['+79161234567', 'Васюки', null],
    [null, null, null],
  ])('%s, %s → %s', (e164, city, zone) => {
    expect(timeZoneOf({ e164, city })).toBe(zone)
  })

  test.each([
    [['+79161234567', '+73431230001'], null, 'Asia/Yekaterinburg'],
    [['+79161234567', '+73431230001'], 'Омск', 'Asia/Omsk'],
    [['+79161234567'], null, null],
    [[], 'Київ', 'Europe/Kyiv'],
  ])('of all numbers %j, %s → %s', (numbers, city, zone) => {
    expect(timeZoneOfNumbers(city, numbers)).toBe(zone)
  })
})
