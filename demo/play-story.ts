import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { drivePanel } from '../test/support/panel-driver.ts'
import { openLead as openCard, portalPage } from '../test/support/portal-driver.ts'
import { StoryReport } from './report.ts'
import { type DemoOptions, startDemo } from './start.ts'
import { answeredCall } from './story/answered-call.ts'
import { awaitingCall } from './story/awaiting-call.ts'
import { firstLead } from './story/first-lead.ts'
import { portalAway } from './story/portal-away.ts'
import { savedResult } from './story/saved-result.ts'
import type { Scene } from './story/scene.ts'
import { setUp } from './story/set-up.ts'
import { unansweredCall } from './story/unanswered-call.ts'

const SCENES: readonly (readonly [string, Scene])[] = [
  ['The options page is filled in; portal, relay, phone answer', setUp],
  ['Lead 1 is open: who, phones, local time, what to do', firstLead],
  ['A click on its number calls; nobody answers', unansweredCall],
  ['НЕТ ОТВЕТА saved: one batch, everything in the portal', savedResult],
  ['Lead 2 answers; the call outlives cards and a reload', answeredCall],
  ['КЛИЕНТ ЖДЁТ ЗВОНКА: rep told, SMS and mail delivered', awaitingCall],
  ['The portal goes away, the browser dies: sent exactly once', portalAway],
]

/** Plays the whole story in headless Chromium; 0 only when each step was seen at the far end. */
export async function playStory(options: DemoOptions, signal: AbortSignal): Promise<number> {
  console.log('Starting the stands …')
  const demo = await startDemo(options)
  const report = new StoryReport(resolve('.prozvon/demo/report'))
  let browser: Browser | null = null
  try {
    // The scene that is being played fails without its browser, and the rest is not played.
    signal.addEventListener('abort', () => void browser?.close().catch(() => {}))
    browser = await demo.launch({ headless: true })
    console.log('Playing the story …')
    for (const [name, scene] of SCENES) {
      if (signal.aborted) break
      await report.play(name, async (witness) => {
        const stage = { browser: browser as Browser, demo, witness, openLead }
        try {
          browser = await scene({ ...stage, language: options.language })
        } catch (error) {
          const page = await currentPage().catch(() => null)
          if (page) await witness.screenshot(page, 'failed').catch(() => {})
          throw error
        }
      })
    }
  } finally {
    await browser?.close().catch(() => {})
    await demo.close()
  }
  return report.finish(SCENES.length) ? 0 : 1

  /** Opens a lead's card in the browser's one page, as an operator does from a list or a link. */
  async function openLead(
    id: number,
  ): Promise<{ page: Page; panel: ReturnType<typeof drivePanel> }> {
    const page = await currentPage()
    await openCard(page, demo.stands.portal.origin, id)
    return { page, panel: drivePanel(page, options.language) }
  }

  async function currentPage(): Promise<Page> {
    if (!browser) throw new Error('the browser did not start')
    return portalPage(browser, demo.stands.portal.origin)
  }
}
