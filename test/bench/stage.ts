import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { type Demo, startDemo } from '../../demo/start.ts'
import { createBitrixClient } from '../../lib/bitrix24/client.ts'
import { createLimiter } from '../../lib/bitrix24/limiter.ts'
import { memoryStore } from '../../lib/bitrix24/limiter-store.ts'
import { extensionIdOf } from '../support/chromium.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { portalFetch } from '../support/portal-fetch.ts'

/** The product's own build in a real browser, with all the stands that it talks to. */
export interface Stage {
  demo: Demo
  browser: Browser
  /** The operator's one tab. */
  page: Page
  panel: PanelDriver
  /** A page of the extension, for what only an extension may do. */
  extensionPage(): Promise<Page>
  /** Makes so many new leads in the portal. */
  createLeads(count: number): Promise<BenchLead[]>
  close(): Promise<void>
}

export interface BenchLead {
  id: number
  company: string
  /** As an operator dials it; nobody has it, so a call ends at once (404). */
  phone: string
}

const BUILD_PATH = resolve('.output/chrome-mv3')
const LANGUAGE = 'ru'

export async function setStage(executablePath: string): Promise<Stage> {
  const demo = await startDemo({
    executablePath,
    language: LANGUAGE,
    portBase: null,
    runPath: '.prozvon/bench/run',
  })
  let browser: Browser | null = null
  try {
    browser = await demo.launch({ headless: true })
    await demo.setUp(browser)
    const page = (await browser.pages())[0] ?? (await browser.newPage())
    return {
      demo,
      browser,
      page,
      panel: drivePanel(page, LANGUAGE),
      extensionPage: () => openExtensionPage(page.browser()),
      createLeads: leadMaker(demo),
      async close() {
        await page.browser().close()
        await demo.close()
      },
    }
  } catch (error) {
    await browser?.close()
    await demo.close()
    throw error
  }
}

async function openExtensionPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`chrome-extension://${extensionIdOf(BUILD_PATH)}/options.html`)
  return page
}

/** Leads with a company and a phone of their own, added in one request. */
function leadMaker({ stands }: Demo): (count: number) => Promise<BenchLead[]> {
  const { portal, certificate, settings } = stands
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const client = createBitrixClient({
    webhook: settings.portal?.webhook ?? '',
    fetch: portalFetch(certificate.cert, portal.port),
    now: Date.now,
    limiter: createLimiter({ store: memoryStore(), now: Date.now, sleep }),
  })
  let made = 0

  return async (count) => {
    const planned = Array.from({ length: count }, () => {
      const number = String(++made).padStart(3, '0')
      return { company: `ООО «Замер ${number}»`, phone: `+749577${number}44` }
    })
    const commands = planned.map(({ company, phone }, index) => {
      const fields = {
        TITLE: company,
        COMPANY_TITLE: company,
        NAME: 'Ирина',
        ADDRESS_CITY: 'Москва',
        PHONE: [{ VALUE: phone, VALUE_TYPE: 'WORK' }],
      }
      return [`lead${index}`, { method: 'crm.lead.add', params: { fields } }] as const
    })
    const added = await client.batch(Object.fromEntries(commands), { halt: 1, write: true })
    if (!added.ok) throw new Error(`the portal refused the leads: ${added.error.reason}`)
    return planned.map((lead, index) => {
      const answer = added.value.get(`lead${index}`)
      if (!answer?.ok) throw new Error(`the portal refused ${lead.company}`)
      return { ...lead, id: Number(answer.value.result) }
    })
  }
}
