import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { glareDelayMs, isAccountRefused, reconnectDelayMs } from './reconnect-policy.ts'

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the pause before the next connection', () => {
  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [6, 16_000],
    [7, 30_000],
    [5_000, 30_000],
  ])('doubles up to half a minute: try %i waits %i ms', (attempt, delayMs) => {
    expect(reconnectDelayMs(attempt, 0)).toBe(delayMs)
  })

  test('is shortened by at most a half, so that operators come back one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), random, (attempt, share) => {
        const whole = reconnectDelayMs(attempt, 0)
        const delayMs = reconnectDelayMs(attempt, share)
        return delayMs >= whole / 2 && delayMs <= whole
      }),
    )
  })
})

describe('a refusal of the registrar', () => {
  test.each([401, 403, 404, 407])('%i is about the account', (status) => {
    expect(isAccountRefused(status)).toBe(true)
  })
  test.each([408, 480, 500, 503, 504])('%i will pass', (status) => {
    expect(isAccountRefused(status)).toBe(false)
  })
})

test('after two re-INVITEs met, ours waits 2.1 to 4 s in steps of 10 ms (RFC 3261 §14.1)', () => {
  expect(glareDelayMs(0)).toBe(2_100)
  expect(glareDelayMs(0.999_999)).toBe(4_000)
  fc.assert(fc.property(random, (share) => glareDelayMs(share) % 10 === 0))
})
