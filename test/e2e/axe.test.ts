import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules } from '../support/axe.ts'
import { extensionIdOf } from '../support/chromium.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { clickPhone, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const CAMPAIGN = quickCampaign('ru', { waitSeconds: 6, undoSeconds: 1 })

let place: Workplace<EmbeddedSip>
let browser: Browser
let page: Page
let panel: PanelDriver

beforeAll(async () => {
  place = await startWorkplace({
    runPath: resolve('.prozvon/e2e/axe'),
    basePath: resolve('test/support/base.csv'),
    campaign: CAMPAIGN,
    language: 'ru',
    startSip: embeddedSip(),
  })
  browser = await place.launch()
  await place.setUp(browser)
  page = await browser.newPage()
  panel = drivePanel(page, 'ru')
})
afterAll(async () => {
  await browser?.close()
  await place?.close()
})

test('the panel in the portal’s page: lead, ringing, result, saved', async () => {
  await openLead(page, place.stands.portal.origin, 1)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await expectAccessiblePanel()
  await clickPhone(page, 1)
  await panel.see(panel.t('call.state.ringing'))
  await expectAccessiblePanel()
  await panel.see(panel.t('outcome.proposed'))
  await expectAccessiblePanel()
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'))
  await expectAccessiblePanel()
})

test('the panel in the portal’s page: talking', async () => {
  await openLead(page, place.stands.portal.origin, 6)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await clickPhone(page, 6)
  await panel.see(panel.t('call.state.talking'))
  await expectAccessiblePanel()
  await panel.pressPrimary('hangUp')
})

test.each(['options.html', 'microphone.html?lang=uk'])(
  'the extension’s own page %s',
  async (address) => {
    const own = await browser.newPage()
    await own.goto(`chrome-extension://${extensionIdOf(place.buildPath)}/${address}`)
    await own.waitForFunction(() => document.body.textContent.trim().length > 20)
    expect(await brokenRules(own)).toEqual([])
    await own.close()
  },
)

/** Colours that are on their way to others would look like faint text. */
async function expectAccessiblePanel(): Promise<void> {
  const frame = await panel.frame()
  await frame.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  )
  expect(await brokenRules(frame)).toEqual([])
}
