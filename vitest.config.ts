import { defineConfig } from 'vitest/config'
import { WxtVitest } from 'wxt/testing/vitest-plugin'

/**
 * Unit tests, in two projects:
 * - `node`: everything that runs without a browser; `chrome` is undefined there, which proves it;
 * - `extension`: what touches `browser.*` or the DOM, with WXT's fake browser and happy-dom.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: [
            '{lib,relay,test/portal,test/pbx,test/gateways,test/support,test/crash,test/bench,demo,scripts}/**/*.test.ts',
          ],
          exclude: ['lib/extension/**', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          include: ['{components,lib/extension,entrypoints}/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
        },
      },
    ],
  },
})
