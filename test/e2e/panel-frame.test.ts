import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import type { Browser, Frame, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { HOTKEYS } from '../../components/panel/hotkeys.ts'
import { makeCertificate } from '../support/certificate.ts'
import { extensionIdOf } from '../support/chromium.ts'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { cardFrame, nativeCalls, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const HOSTILE = 'https://hostile.test'
const CAMPAIGN = quickCampaign('ru', { waitSeconds: 3, undoSeconds: 1 })

declare global {
  interface Window {
    chrome: { runtime: { connect(options: { name: string }): Port } }
  }
}
interface Port {
  onMessage: { addListener(listener: (message: unknown) => void): void }
  postMessage(message: unknown): void
}

let place: Workplace<EmbeddedSip>
let hostile: { port: number; spkiHash: string; close(): Promise<void> }
let browser: Browser
let page: Page
let panel: PanelDriver

beforeAll(async () => {
  hostile = await startHostileSite()
  place = await startWorkplace({
    runPath: resolve('.prozvon/e2e/panel-frame'),
    basePath: resolve('test/support/base.csv'),
    campaign: CAMPAIGN,
    language: 'ru',
    strictCsp: true,
    startSip: embeddedSip(),
    hosts: { 'hostile.test': `127.0.0.1:${hostile.port}` },
    spkiHashes: [hostile.spkiHash],
  })
  browser = await place.launch()
  await place.setUp(browser)
})
afterAll(async () => {
  await browser?.close()
  await place?.close()
  await hostile?.close()
})
beforeEach(async () => {
  page = await browser.newPage()
  panel = drivePanel(page, 'ru')
  await openLead(page, origin(), 1)
  await panel.see('Молчание-Проба')
})
afterEach(async () => {
  await page.close()
})

describe('a page that frames the panel gets nothing', () => {
  test('under the extension’s plain address nothing loads at all', async () => {
    const other = await openHostile()
    const framed = await frameIn(other, `chrome-extension://${extensionIdOf(place.buildPath)}/`)
    expect(await textOf(framed)).not.toMatch(/Молчание|Проба|Панель/)
    await other.close()
  })

  test.each(['whatever', '', 'nonce of the operator’s tab'])(
    'under the address of a panel, with the nonce «%s»',
    async (nonce) => {
      const { base, nonce: real } = await addressOfPanel()
      const other = await openHostile()
      const framed = await frameIn(other, base, nonce.startsWith('nonce') ? real : nonce)
      await expectRefused(framed)
      expect(await other.evaluate(() => Reflect.get(window, 'heard'))).toEqual([])
      await other.close()
    },
  )

  test('nor does a page of the portal’s own origin with a made-up nonce', async () => {
    const { base } = await addressOfPanel()
    await expectRefused(await frameIn(page, base, 'whatever'))
  })

  test('nor does another tab of the portal with this tab’s nonce', async () => {
    const { base, nonce } = await addressOfPanel()
    const other = await browser.newPage()
    await other.goto(`${origin()}/crm/lead/list/`)
    await expectRefused(await frameIn(other, base, nonce))
    await other.close()
  })

  test('the portal’s page learns neither address nor nonce of its panel', async () => {
    const { base, nonce } = await addressOfPanel()
    const seen = await page.evaluate(() =>
      JSON.stringify([
        performance.getEntries().map(({ name }) => name),
        document.documentElement.outerHTML,
        [...document.querySelectorAll('*')].map((element) => element.shadowRoot?.innerHTML ?? ''),
        document.querySelectorAll('prozvon-panel iframe').length,
      ]),
    )
    expect(seen).not.toContain(nonce)
    expect(seen).not.toContain(base)
  })

  test('no text becomes code in the panel’s page', async () => {
    const frame = await panel.frame()
    // What a debugger evaluates is spared the policy; what a timer calls is not.
    const refusal = await frame.evaluate(
      () =>
        new Promise((done) =>
          setTimeout(() => {
            try {
              done(new Function('return "evaluated"')())
            } catch (error) {
              done(error instanceof Error && error.name)
            }
          }),
        ),
    )
    expect(refusal).toBe('EvalError')
  })
})

describe('the panel’s place in the page', () => {
  test('is beside body, and stays usable while a dialog makes the portal inert', async () => {
    expect(await hostIs((host) => host.parentElement === document.documentElement)).toBe(true)
    await openDialog()
    expect(await page.$eval('.root', (root) => root.hasAttribute('inert'))).toBe(true)
    expect(await hostIs((host) => host.hasAttribute('inert'))).toBe(false)
    await page.$eval('prozvon-panel', (host) => host.setAttribute('inert', ''))
    await waitFor('the panel to free itself', async () => !(await hostIs((host) => host.inert)))
    await (await panel.frame()).$eval('#tab-script', (tab) => (tab as HTMLElement).click())
    await waitFor('the script’s tab', async () =>
      (await panel.frame()).$('#tab-script[aria-selected="true"]'),
    )
  })

  test('is above every slider and below a dialog opened over the card', async () => {
    const card = await cardFrame(page, 'lead', 1)
    await card.locator('a[href*="/crm/company/details/"]').click()
    await page.waitForFunction(
      () => document.querySelectorAll('.side-panel-overlay.--open').length === 2,
    )
    const levelOf = (selector: string) =>
      page.$$eval(selector, (all) =>
        Math.max(...all.map((element) => Number(getComputedStyle(element).zIndex))),
      )
    await waitFor('the panel above the second slider', async () => {
      return (await levelOf('prozvon-panel')) > (await levelOf('.side-panel-overlay'))
    })
    await openDialog()
    const level = await levelOf('prozvon-panel')
    expect(level).toBeLessThan(await levelOf('.popup-window-overlay'))
    expect(level).toBeLessThan(await levelOf('#invitation-popup'))
  })
})

test('a whole unanswered call goes by keyboard alone', async () => {
  const title = CAMPAIGN.outcomes.find(({ id }) => id === 'no_answer')?.title ?? ''
  await waitFor('the call key to be of use', async () =>
    (await panel.frame()).$('[data-primary="call"]:not([aria-disabled="true"])'),
  )
  await (await panel.frame()).focus('#panel-content')
  await page.keyboard.press(HOTKEYS.call.code)
  await panel.see(panel.t('call.state.ringing'))
  await page.keyboard.press(HOTKEYS.hangUp.code)
  await waitFor('the first call to be cancelled', () => calls()[0]?.cancelledAt)

  await waitFor('the result', async () => (await panel.frame()).$('[data-primary="save"]'))
  await page.keyboard.press(HOTKEYS.call.code)
  await waitFor('the second call to ring out', () => calls()[1]?.cancelledAt)
  await panel.see(panel.t('outcome.proposed'))
  await panel.see(title)
  await press('Alt', 'Digit1')
  await press('Control', 'Enter')
  await panel.see(panel.t('after.savedAllDone'))
  expect(leadAtPortal(place.stands.portal, 1).comments).toEqual([
    expect.stringContaining('Нет ответа 1'),
  ])
  expect(await nativeCalls(page)).toEqual([])
})

/** One of the portal's own, modal; the slider covers the button that opens it. */
async function openDialog(): Promise<void> {
  await page.$eval('.air-header__invite', (button) => (button as HTMLElement).click())
  await page.waitForSelector('#invitation-popup')
}

function origin(): string {
  return place.stands.portal.origin
}

function calls() {
  return place.stands.sip.pbx.calls
}

async function press(modifier: 'Alt' | 'Control', key: 'Digit1' | 'Enter'): Promise<void> {
  await page.keyboard.down(modifier)
  await page.keyboard.press(key)
  await page.keyboard.up(modifier)
}

function hostIs(look: (host: HTMLElement) => boolean): Promise<boolean> {
  return page.$eval('prozvon-panel', look as (host: Element) => boolean)
}

/** What an attacker would have to know; it lies in a closed shadow root. */
async function addressOfPanel(): Promise<{ base: string; nonce: string }> {
  const element = await (await panel.frame()).frameElement()
  const address = await element?.evaluate((iframe) => iframe.getAttribute('src'))
  const [base = '', nonce = ''] = (address ?? '').split('panel.html#')
  return { base, nonce }
}

async function openHostile(): Promise<Page> {
  const other = await browser.newPage()
  await other.goto(HOSTILE)
  return other
}

/** Frames the panel in a page, as a script of that page would. */
async function frameIn(other: Page, base: string, nonce = 'whatever'): Promise<Frame> {
  await other.evaluate((address) => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    window.addEventListener('message', ({ data }) => heard.push(data))
    const frame = document.createElement('iframe')
    frame.name = 'framed'
    frame.src = address
    document.body.append(frame)
  }, `${base}panel.html#${nonce}`)
  return waitFor('the frame', async () => {
    for (const frame of other.frames()) {
      if (frame.parentFrame() !== other.mainFrame() || frame.url() === '') continue
      const element = await frame.frameElement()
      if ((await element?.evaluate((node) => node.getAttribute('name'))) === 'framed') return frame
    }
    return null
  })
}

/** It says one neutral line, and its background tells it nothing more whatever it asks. */
async function expectRefused(framed: Frame): Promise<void> {
  await waitFor('the neutral line', async () => (await textOf(framed)) !== '')
  expect(await textOf(framed)).toBe(panel.t('common.refused'))
  const told = await framed.evaluate(
    (nonce) =>
      new Promise((done) => {
        const port = window.chrome.runtime.connect({ name: 'panel' })
        const messages: unknown[] = []
        port.onMessage.addListener((message) => messages.push(message))
        port.postMessage({ type: 'panel.hello', nonce })
        setTimeout(() => done(messages), 1_000)
      }),
    new URL(framed.url()).hash.slice(1),
  )
  expect(told).toEqual([{ type: 'panel.refused' }])
}

async function textOf(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.body?.textContent?.trim() ?? '').catch(() => '')
}

/** A site that is no portal of ours. */
async function startHostileSite() {
  const certificate = await makeCertificate(['hostile.test'])
  const server = createServer(certificate, (_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<!doctype html><title>hostile</title><body></body>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    port: (server.address() as AddressInfo).port,
    spkiHash: certificate.spkiHash,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
