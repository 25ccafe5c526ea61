import { expect, it } from 'vitest'
import { createQuota } from './quota.ts'

it('a person may take what fills up in a minute, and then what has filled up since', () => {
  let now = 0
  const quota = createQuota({ perMinute: 60, burst: 10, now: () => now })
  expect(quota.take('olena', 60)).toBe(0)
  expect(quota.take('olena', 5)).toBe(5)
  expect(quota.take('iryna', 60)).toBe(0)
  now = 5_000
  expect(quota.take('olena', 5)).toBe(0)
  expect(quota.take('olena', 1)).toBe(1)
})

it('one whole request always fits, however low the quota', () => {
  const quota = createQuota({ perMinute: 1, burst: 500, now: () => 0 })
  expect(quota.take('olena', 500)).toBe(0)
})
