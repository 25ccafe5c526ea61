import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTranslator } from '../../lib/locales/index.ts'
import { extensionIdOf } from '../support/chromium.ts'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { clickPhone, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { buttonOf, fieldOf } from '../support/selectors.ts'
import { fillOptions } from '../support/set-up-extension.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { type StubSignIn, startStubSignIn } from '../support/stub-sign-in.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const CAMPAIGN = quickCampaign('ru', { waitSeconds: 2, undoSeconds: 1 })
const t = createTranslator('ru')

let place: Workplace<EmbeddedSip>
let browser: Browser
let stub: StubSignIn

beforeAll(async () => {
  place = await startWorkplace({
    runPath: resolve('.prozvon/e2e/sign-in'),
    basePath: resolve('test/support/base.csv'),
    campaign: CAMPAIGN,
    language: 'ru',
    startSip: embeddedSip(),
  })
  const { portal, certificate, relay, settings } = place.stands
  stub = await startStubSignIn({ portal, certificate, relay, token: settings.relay?.token ?? '' })
  browser = await place.launch()
})
afterAll(async () => {
  await browser?.close()
  await stub?.close()
  await place?.close()
})

describe('an operator who signs in with Bitrix24', () => {
  test('gets in from the options page through the portal’s own page', async () => {
    const page = await browser.newPage()
    await page.goto(`chrome-extension://${extensionIdOf(place.buildPath)}/options.html`)
    await page.locator(fieldOf(t('options.signInAddress'))).fill(stub.address)
    await page.locator(buttonOf(t('options.signIn'))).click()
    const authorize = await browser.waitForTarget((target) => target.url().includes('/authorize/'))
    const portalPage = await authorize.page()
    const operator = place.stands.portal.users.find(({ role }) => role === 'operator')
    await portalPage?.locator(`button[value="${operator?.id}"]`).click()
    await page.bringToFront()
    await page
      .locator(buttonOf(t('options.signOut')))
      .setTimeout(30_000)
      .wait()
    expect(await page.evaluate(() => document.body.textContent)).toContain(
      place.stands.portal.origin,
    )
    // The rest is set up as ever; the account stays as it is.
    const { settings } = place.stands
    await fillOptions(page, { ...settings, portal: null, relay: null })
    const kept = String(await page.evaluate('chrome.storage.local.get(null).then(JSON.stringify)'))
    expect(kept).toContain('memberId')
    expect(kept).not.toMatch(/accessToken|webhook/)
    await page.close()
  })

  test('works a lead, and goes on when the token expires in the middle', async () => {
    const { page, panel } = await open(1)
    await callInVain(page, panel, 1)
    // Bitrix24 refuses the token from now on, though it should have lived longer.
    for (const pair of place.stands.portal.tokens.tables.pairs) pair.accessExpiresAt = 0
    await panel.pressPrimary('save')
    await panel.see(panel.t('after.savedAllDone'), 30_000)
    expect(arrived(1)).toEqual(ONCE)
    expect(stub.asked.some((refused) => refused !== null)).toBe(true)
    await page.close()
  })

  test('loses nothing when the application is removed', async () => {
    const { page, panel } = await open(3)
    await callInVain(page, panel, 3)
    place.stands.portal.tokens.tables.app.isInstalled = false
    await panel.pressPrimary('save')
    await panel.see(panel.t('account.bitrix24_app_removed'), 30_000)
    expect(arrived(3)).toEqual({ calls: 0, comments: 0, todos: 0 })
    place.stands.portal.tokens.tables.app.isInstalled = true
    await panel.press(panel.t('account.check'))
    await waitFor('the result at the portal', () => arrived(3).todos > 0, 60_000)
    expect(arrived(3)).toEqual(ONCE)
  })
})

const ONCE = { calls: 1, comments: 1, todos: 1 }

function arrived(leadId: number) {
  const { calls, comments, todos } = leadAtPortal(place.stands.portal, leadId)
  return { calls: calls.length, comments: comments.length, todos: todos.length }
}

async function open(leadId: number): Promise<{ page: Page; panel: PanelDriver }> {
  const page = await browser.newPage()
  await openLead(page, place.stands.portal.origin, leadId)
  const panel = drivePanel(page, 'ru')
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }).split(' ')[0] ?? '')
  return { page, panel }
}

async function callInVain(page: Page, panel: PanelDriver, leadId: number): Promise<void> {
  await page.bringToFront()
  await clickPhone(page, leadId)
  await panel.see(panel.t('call.state.ringing'))
  await panel.see(panel.t('outcome.proposed'))
  await panel.see(CAMPAIGN.outcomes.find(({ id }) => id === 'no_answer')?.title ?? '')
}
