import { defineConfig } from 'vitest/config'

/** Real browsers against the stands: one file at a time, since the machine has few cores. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
