import { defineConfig } from 'vitest/config'

/**
 * `npm run crash`: the crash matrix at length. Servers are killed over and over; `CRASH_ROUNDS`
 * says how often each kill is repeated.
 */
export default defineConfig({
  test: {
    include: ['test/crash/**/*.crash.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
