import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { brokenRules } from '../support/axe.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { clickPhone, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { setUpExtension } from '../support/set-up-extension.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { type StopListRelay, startStopListRelay } from '../support/stop-list-relay.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const CAMPAIGN = quickCampaign('ru', { waitSeconds: 2, undoSeconds: 1 })
const BARRED = '+74951230001'
const FREE = '+74951230101'

let place: Workplace<EmbeddedSip>
let relay: StopListRelay
let browser: Browser
let page: Page
let panel: PanelDriver

beforeAll(async () => {
  place = await startWorkplace({
    runPath: resolve('.prozvon/e2e/stop-list'),
    basePath: resolve('test/support/base.csv'),
    campaign: CAMPAIGN,
    language: 'ru',
    startSip: embeddedSip(),
  })
  const { stands, buildPath } = place
  relay = await startStopListRelay(stands.relay.address)
  relay.bar({ kind: 'phone', value: BARRED })
  addPhone(1, FREE)
  browser = await place.launch()
  const settings = {
    ...stands.settings,
    relay: stands.settings.relay && { ...stands.settings.relay, address: relay.address },
  }
  await setUpExtension(browser, buildPath, settings)
  page = await browser.newPage()
  panel = drivePanel(page, 'ru')
})
afterAll(async () => {
  await browser?.close()
  await relay?.close()
  await place?.close()
})

function addPhone(leadId: number, number: string): void {
  const lead = place.stands.portal.data.entities.lead.find(({ ID }) => ID === leadId)
  const phones = lead?.multifields.filter(({ TYPE_ID }) => TYPE_ID === 'PHONE') ?? []
  const first = phones[0]
  if (!lead || !first) throw new Error(`lead ${leadId} has no number`)
  lead.multifields.push({ ...first, ID: 90_000 + leadId, VALUE: number })
}

test('a barred number is not called, by button or by click, and says why; the free one beside it is', async () => {
  await openLead(page, place.stands.portal.origin, 1)
  await panel.see(panel.t('stopList.source.client'))
  const frame = await panel.frame()
  const numbers = await frame.$$eval('input[type="radio"]', (radios) =>
    radios.map((radio) => ({
      checked: radio instanceof HTMLInputElement && radio.checked,
      why: document.getElementById(radio.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
    })),
  )
  expect(numbers.map(({ checked, why }) => [checked, why !== ''])).toEqual([
    [false, true],
    [true, false],
  ])
  expect(await brokenRules(frame)).toEqual([])

  await clickPhone(page, 1)
  await panel.see(panel.t('refusal.stop_listed'))
  await frame.evaluate(() => document.querySelector<HTMLElement>('input[type="radio"]')?.click())
  await frame.waitForSelector('[data-primary="call"][aria-disabled="true"]')
  await panel.see(panel.t('stopList.whatToDo'))

  await frame.evaluate(() =>
    document.querySelectorAll<HTMLElement>('input[type="radio"]')[1]?.click(),
  )
  await panel.pressPrimary('call')
  await panel.see(panel.t('outcome.proposed'), 30_000)
})

test('an opt-out enters the stop list once, in the client’s name, and the ledger shows it', async () => {
  const frame = await panel.frame()
  await frame.locator(`::-p-aria(${panel.t('outcome.optOut')})`).click()
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'), 30_000)
  await panel.see(panel.t('after.effect.stop_list'))
  expect(await brokenRules(frame)).toEqual([])
  expect(relay.entered.size).toBe(1)
  const [[key, request] = []] = [...relay.entered]
  expect(key).toMatch(/:stop_list$/)
  expect(request).toMatchObject({
    scope: { kind: 'customer', id: CAMPAIGN.customer.name },
    term: { kind: 'permanent' },
    source: 'client',
  })
  expect(request?.subjects.map(({ value }) => value)).toEqual(
    expect.arrayContaining([BARRED, FREE]),
  )
})

test('what is kept bars the number also while the relay is away', async () => {
  await relay.close()
  await openLead(page, place.stands.portal.origin, 1)
  await panel.openTab('client')
  await panel.see(panel.t('stopList.source.client'))
})
