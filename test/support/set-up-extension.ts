import type { Browser, Page } from 'puppeteer-core'
import type { Settings } from '../../lib/contracts/settings.ts'
import { createTranslator } from '../../lib/locales/index.ts'
import { extensionIdOf } from './chromium.ts'
import { buttonOf, fieldOf } from './selectors.ts'

/** Fills in the options page and saves, the way an operator does; waits until all checks are green. */
export async function setUpExtension(
  browser: Browser,
  extensionPath: string,
  settings: Settings,
  look: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`chrome-extension://${extensionIdOf(extensionPath)}/options.html`)
  await fillOptions(page, settings)
  await look(page)
  await page.close()
}

/** Types the settings into an open options page. */
export async function fillOptions(page: Page, settings: Settings): Promise<void> {
  const { portal, relay, sip, language } = settings
  const t = createTranslator(language)
  await page.locator(`::-p-aria([name="${LANGUAGE_NAMES[language]}"][role="radio"])`).click()
  const fill = (label: string, text: string) => page.locator(fieldOf(label)).fill(text)
  if (portal && 'webhook' in portal) {
    await fill(t('options.portalAddress'), portal.origin)
    await fill(t('options.webhook'), portal.webhook)
  }
  if (relay) {
    await fill(t('options.relayAddress'), relay.address)
    await fill(t('options.relayToken'), relay.token)
  }
  if (sip) {
    await fill(t('options.sipServer'), sip.server)
    await fill(t('options.sipDomain'), sip.domain)
    await fill(t('options.sipUser'), sip.user)
    await fill(t('options.sipPassword'), sip.password)
  }
  await page.locator(buttonOf(t('options.saveAndCheck'))).click()
  await page.waitForFunction(
    (saved) => document.querySelector('footer [role="status"]')?.textContent?.includes(saved),
    { timeout: 30_000 },
    t('options.saved'),
  )
  const verdicts = await page.$$eval('section [role="status"]', (strips) =>
    strips.map((strip) => strip.textContent ?? ''),
  )
  const failure = t('options.checkFailed', { detail: '' })
  const troubles = verdicts.filter((verdict) => verdict.startsWith(failure))
  if (troubles.length > 0) throw new Error(`set-up: ${troubles.join('; ')}`)
}

const LANGUAGE_NAMES = { ru: 'Русский', uk: 'Українська', en: 'English' } as const
