// `npm run pictures`: plays the story in both languages and keeps the pictures that the
// documents show, so that they never show something else than the product.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { playStory } from '../demo/play-story.ts'
import { ensureChromium } from './set-up/chromium.ts'
import { run } from './set-up/shell.ts'

const REPORT = '.prozvon/demo/report'
const PICTURES = 'docs/pictures'

/** The document's picture by the story's screenshot. */
const NAMES = {
  options: '0-options',
  'panel-on-a-lead': '1-lead-open',
  ringing: '2-ringing',
  proposed: '3-proposed',
  script: '7-script',
  'awaiting-call': '10-awaiting-call',
  delivered: '11-delivered',
  'portal-away': '12-portal-away',
} as const

const executablePath = await ensureChromium()
mkdirSync(PICTURES, { recursive: true })
let status = await run('wxt', ['build', '--level', 'error'])
for (const language of ['ru', 'uk'] as const) {
  if (status !== 0) break
  const never = new AbortController().signal
  status = await playStory({ executablePath, language, portBase: null }, never)
  for (const [picture, screenshot] of Object.entries(NAMES)) {
    const suffix = language === 'uk' ? '-uk' : ''
    copyFileSync(join(REPORT, `${screenshot}.png`), join(PICTURES, `${picture}${suffix}.png`))
  }
}
process.exit(status)
