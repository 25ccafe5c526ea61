import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildFor } from '../support/builds.ts'
import { FIREFOX_UUID, launchFirefox } from '../support/firefox.ts'
import { whyLeftOut } from '../support/left-out.ts'
import { drivePanel } from '../support/panel-driver.ts'
import { openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { fillOptions } from '../support/set-up-extension.ts'
import type { EmbeddedSip } from '../support/sip-sides.ts'
import { embeddedSip } from '../support/sip-sides.ts'
import { PORTAL_HOST, type Stands, startStands } from '../support/stands.ts'

const RUN_PATH = resolve('.prozvon/e2e/firefox')

// Firefox keeps an address's port, so the portal has to stand at 443: free in the namespace.
const reason = whyLeftOut(['firefox-esr'])
if (reason !== null) console.warn(`The Firefox tests are left out: ${reason}`)

describe.skipIf(reason !== null)('the Firefox build', () => {
  let stands: Stands<EmbeddedSip>
  let browser: Browser

  beforeAll(async () => {
    stands = await startStands({
      runPath: resolve(RUN_PATH, 'data'),
      basePath: resolve('test/support/base.csv'),
      campaign: quickCampaign('ru', { waitSeconds: 3, undoSeconds: 1 }),
      language: 'ru',
      ports: { portal: 443 },
      startSip: embeddedSip(),
    })
    const profilePath = resolve(RUN_PATH, 'profile')
    rmSync(profilePath, { recursive: true, force: true })
    browser = await launchFirefox({
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      extensionPath: buildFor('firefox'),
      profilePath,
      localDomains: [PORTAL_HOST],
      headless: true,
    })
  })
  afterAll(async () => {
    await browser?.close()
    await stands?.close()
  })

  test('is set up on its options page with a portal alone, and shows the lead that is opened', async () => {
    const options = await browser.newPage()
    await options.goto(`moz-extension://${FIREFOX_UUID}/options.html`)
    await fillOptions(options, { ...stands.settings, relay: null, sip: null })
    await options.close()

    const page = await browser.newPage()
    await openLead(page, stands.portal.origin, 1)
    const panel = drivePanel(page, 'ru')
    await panel.see('Молчание-Проба')
    await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
    const text = await panel.text()
    expect(text).toContain('Сергей Ильич')
    expect(text.replace(/\D/g, '')).toContain('4951230001')
    expect(text).toContain(panel.t('empty.noHistory'))
  })
})
