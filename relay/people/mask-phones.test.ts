import { expect, it } from 'vitest'
import { maskPhones, maskPhonesDeep } from './mask-phones.ts'

it.each([
  ['+380671234523', '+380 67 *** ** 23'],
  ['+79161234567', '+7 916 *** ** 67'],
  ['380671234523', '380 67 *** ** 23'],
  ['0671234523', '0 671 *** ** 23'],
  ['8 (916) 123-45-67', '8 916 *** ** 67'],
  ['+38 067 123-45-23', '+380 67 *** ** 23'],
  ['перезвонить на 0671234523, Олена', 'перезвонить на 0 671 *** ** 23, Олена'],
  ['380671234523,380676545321', '380 67 *** ** 23,380 67 *** ** 21'],
])('%s becomes %s', (text, masked) => {
  expect(maskPhones(text)).toBe(masked)
  expect(maskPhones(masked)).toBe(masked)
})

it.each([
  '3f0e8f4c-5d57-4c36-9b76-1b5f5a2d7a10',
  '12345678-1234-1234-8234-380671234523',
  '2026-03-04T13:37:00+03:00',
  '2026-03-04T13:37:00.123Z',
  '17.12.2017 13:37',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '250',
  'attempt 3 of 3',
])('%s is no phone number', (text) => expect(maskPhones(text)).toBe(text))

it('numbers in the depth of an answer are masked: in lists, in keys, and as JSON numbers', () => {
  const answer = { a: [{ '+380671234523': 380671234523 }], n: 12, none: null, yes: true }
  expect(maskPhonesDeep(answer)).toEqual({
    a: [{ '+380 67 *** ** 23': '380 67 *** ** 23' }],
    n: 12,
    none: null,
    yes: true,
  })
})
