import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const BUILDS = {
  chromium: { folder: '.output/chrome-mv3', command: 'npm run build:chromium' },
  firefox: { folder: '.output/firefox-mv2', command: 'npm run build:firefox' },
} as const

/**
 * Folder of the product's own build for that browser. Tests never build: `npm test` has done it.
 * @throws Error saying which command makes it, when it is missing
 */
export function buildFor(browser: keyof typeof BUILDS): string {
  const { folder, command } = BUILDS[browser]
  if (!existsSync(join(folder, 'manifest.json'))) {
    throw new Error(`${folder} is missing; make it first: ${command}`)
  }
  return resolve(folder)
}
