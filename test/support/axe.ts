import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'puppeteer-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules of axe-core that the document breaks, each with the elements that break it. */
export async function brokenRules(document: Page | Frame): Promise<string[]> {
  await document.evaluate(AXE)
  const { violations } = (await document.evaluate('axe.run()')) as AxeResults
  return violations.map(
    ({ id, impact, nodes }) => `${id} (${impact}): ${nodes.map(({ html }) => html).join(' | ')}`,
  )
}
