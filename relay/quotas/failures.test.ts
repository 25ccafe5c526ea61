import { expect, it } from 'vitest'
import { createFailures } from './failures.ts'

it('an address over the limit is told so until the window ends; others are not', () => {
  let now = 0
  const failures = createFailures({ max: 2, windowMs: 60_000 }, () => now)
  expect([1, 2, 3, 4].map(() => failures.note('a'))).toEqual([
    { over: false, first: false, retryAfterSeconds: 60 },
    { over: false, first: false, retryAfterSeconds: 60 },
    { over: true, first: true, retryAfterSeconds: 60 },
    { over: true, first: false, retryAfterSeconds: 60 },
  ])
  expect(failures.isOver('a')).toBe(true)
  expect(failures.isOver('b')).toBe(false)
  now = 60_000
  expect(failures.isOver('a')).toBe(false)
  expect(failures.note('a').over).toBe(false)
})
