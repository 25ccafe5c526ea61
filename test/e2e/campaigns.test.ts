import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Frame } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { clickPhone, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { setUpExtension } from '../support/set-up-extension.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const RUN_PATH = resolve('.prozvon/e2e/campaigns')
const QUICK = quickCampaign('ru', { waitSeconds: 2, undoSeconds: 1 })
/** Two campaigns that fit every new lead from this base, and none other. */
const LIGHT = { ...QUICK, id: 'light', title: 'Свет для цехов' }
LIGHT.belongs = [{ by: 'stage', anyOf: ['NEW'] }]
const WATER = { ...QUICK, id: 'water', title: 'Вода для офисов' }
WATER.belongs = [{ by: 'source', anyOf: ['OTHER'] }]

let place: Workplace<EmbeddedSip>
let browser: Browser
const browsers: Browser[] = []

beforeAll(async () => {
  place = await startWorkplace({
    runPath: RUN_PATH,
    basePath: resolve('test/support/base.csv'),
    campaign: LIGHT,
    moreCampaigns: [WATER],
    language: 'ru',
    startSip: embeddedSip(),
  })
  browser = await place.launch()
  browsers.push(browser)
  await place.setUp(browser)
})
afterAll(async () => {
  for (const one of browsers) await one.close().catch(() => {})
  await place?.close()
})

async function open(leadId: number, where = browser) {
  const page = await where.newPage()
  await openLead(page, place.stands.portal.origin, leadId)
  return { page, panel: drivePanel(page, 'ru') }
}

/** Where the whole choice is by keyboard: a key pressed while the panel has the focus. */
async function pressKey(panel: PanelDriver, code: string): Promise<void> {
  const frame = await panel.frame()
  await frame.evaluate((code) => {
    const key = code.replace('Digit', '')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true }))
  }, code)
}

const campaignAtPortal = (leadId: number) =>
  leadAtPortal(place.stands.portal, leadId).fields.UF_CRM_PROZVON_CAMPAIGN

test('where two campaigns fit, the operator chooses by a key, and the choice stays with the lead', async () => {
  const { page, panel } = await open(1)
  await panel.see(panel.t('campaign.choose'))
  await panel.see(LIGHT.title)
  const frame = await panel.frame()
  await frame.waitForSelector('[data-primary="call"][aria-disabled="true"]')
  // A click on a number in the page is not dialled either.
  await clickPhone(page, 1)
  await panel.see(panel.t('refusal.campaign_unsettled'))

  await pressKey(panel, 'Digit2')
  await panel.see(panel.t('campaign.current', { title: WATER.title }))
  await waitFor('the choice at the portal', () => campaignAtPortal(1) === WATER.id)
})

test('calls and results of the lead are of its campaign, also after its stage has changed', async () => {
  const { page, panel } = await open(1)
  await panel.see(panel.t('campaign.current', { title: WATER.title }))
  await clickPhone(page, 1)
  await panel.see(panel.t('outcome.proposed'))
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'), 30_000)
  const { calls, fields } = leadAtPortal(place.stands.portal, 1)
  expect(String(calls[0]?.DESCRIPTION)).toContain(WATER.id)
  expect(fields.STATUS_ID).toBe('IN_PROCESS')
  await page.close()
})

test('another browser finds the choice in the lead, and asks nobody', async () => {
  const profilePath = join(RUN_PATH, 'another-profile')
  rmSync(profilePath, { recursive: true, force: true })
  const { stands, buildPath } = place
  const another = await launchChromium({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    extensionPath: buildPath,
    profilePath,
    hosts: stands.hosts,
    spkiHashes: stands.spkiHashes,
    grantedOrigins: [stands.portal.origin],
    headless: true,
    seesWorkers: false,
    fakeMicrophone: true,
    language: 'ru',
  })
  browsers.push(another)
  await setUpExtension(another, buildPath, stands.settings)
  // Stage NEW is gone, so by the rules alone only one would fit; lead 4 is chosen here first.
  const lead = stands.portal.data.entities.lead.find(({ ID }) => ID === 4)
  Object.assign(lead?.fields ?? {}, { UF_CRM_PROZVON_CAMPAIGN: LIGHT.id })
  const { panel } = await open(4, another)
  await panel.see(panel.t('campaign.current', { title: LIGHT.title }))
  const first = await open(1, another)
  await first.panel.see(panel.t('lead.history'))
  expect(await first.panel.text()).not.toContain(panel.t('campaign.choose'))
  await another.close()
})

test('where none fits the panel says so and what to do; a mended card is read again', async () => {
  const lead = place.stands.portal.data.entities.lead.find(({ ID }) => ID === 2)
  Object.assign(lead?.fields ?? {}, { STATUS_ID: 'IN_PROCESS', SOURCE_ID: 'CALL' })
  const { page, panel } = await open(2)
  await panel.see(panel.t('campaign.none'))
  await panel.see(panel.t('campaign.noneText'))
  Object.assign(lead?.fields ?? {}, { SOURCE_ID: 'OTHER' })
  await panel.press(panel.t('action.reload'))
  const frame = await panel.frame()
  await frame.waitForSelector('[data-primary="call"]:not([aria-disabled="true"])')
  await page.close()
})

test('campaigns are there after a restart of the browser while the relay is away', async () => {
  await place.stands.relay.close()
  await browser.close()
  browser = await place.launch()
  browsers.push(browser)
  const page = await browser.newPage()
  // The browser may show pages before it has started its extensions.
  await waitFor(
    'the panel after the restart',
    async () => {
      await openLead(page, place.stands.portal.origin, 3)
      const isPanel = (frame: Frame) => frame.url().includes('/panel.html')
      return page.waitForFrame(isPanel, { timeout: 5_000 }).catch(() => null)
    },
    60_000,
  )
  const panel = drivePanel(page, 'ru')
  await panel.see(panel.t('campaign.choose'))
  await panel.see(WATER.title)
  await panel.press(LIGHT.title)
  await panel.see(panel.t('campaign.current', { title: LIGHT.title }))
  await waitFor('the choice at the portal', () => campaignAtPortal(3) === LIGHT.id)
})
