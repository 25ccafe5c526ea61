import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { createBitrixClient } from '../../lib/bitrix24/client.ts'
import { createLimiter } from '../../lib/bitrix24/limiter.ts'
import { memoryStore } from '../../lib/bitrix24/limiter-store.ts'
import { extensionIdOf } from '../support/chromium.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { portalFetch } from '../support/portal-fetch.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import type { Stands } from '../support/stands.ts'
import { startWorkplace } from '../support/workplace.ts'

/** The product's own build in a real browser, with all the stands that it talks to. */
export interface Stage {
  stands: Stands<EmbeddedSip>
  browser: Browser
  /** The operator's one tab. */
  page: Page
  panel: PanelDriver
  /** Opens a page of the extension, for what only an extension may do. */
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

const LANGUAGE = 'ru'

/** Starts everything; `signal` ends it, and with it whatever is being measured. */
export async function setStage(executablePath: string, signal: AbortSignal): Promise<Stage> {
  const workplace = await startWorkplace({
    executablePath,
    language: LANGUAGE,
    runPath: resolve('.prozvon/bench/run'),
    basePath: resolve('test/support/base.csv'),
    campaign: quickCampaign(LANGUAGE, { waitSeconds: 8, undoSeconds: 2 }),
    startSip: embeddedSip(),
  })
  const { stands, buildPath } = workplace
  let browser: Browser | null = null
  const close = async () => {
    await browser?.close().catch(() => {})
    await workplace.close()
  }
  try {
    browser = await workplace.launch()
    signal.addEventListener('abort', () => void browser?.close().catch(() => {}))
    await workplace.setUp(browser)
    const page = (await browser.pages())[0] ?? (await browser.newPage())
    return {
      stands,
      browser,
      page,
      panel: drivePanel(page, LANGUAGE),
      extensionPage: async () => {
        const opened = await page.browser().newPage()
        await opened.goto(`chrome-extension://${extensionIdOf(buildPath)}/options.html`)
        return opened
      },
      createLeads: leadMaker(stands),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Leads with a company and a phone of their own, added in one request. */
function leadMaker({
  portal,
  certificate,
  settings,
}: Stage['stands']): (count: number) => Promise<BenchLead[]> {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const { portal: access } = settings
  if (!access || !('webhook' in access)) throw new Error('the stands work by webhook')
  const client = createBitrixClient({
    authorisation: { by: 'webhook', webhook: access.webhook },
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
