import { resolve } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PbxCall } from '../pbx/journal.ts'
import { NUMBERS } from '../pbx/number-plan.ts'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { whyLeftOut } from '../support/left-out.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { cardFrame, clickPhone, nativeCalls, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { type KamailioSip, kamailioSip } from '../support/sip-sides.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

/** RMS above which something is certainly heard. */
const AUDIBLE = 0.01
const RUN_PATH = resolve('.prozvon/e2e/kamailio-call')
const CAMPAIGN = quickCampaign('ru', { waitSeconds: 4, undoSeconds: 1 })
const NOTE = 'Просил показать образцы'

const reason = whyLeftOut(['kamailio', 'rtpengine', 'baresip'])
if (reason !== null) console.warn(`Calls through Kamailio are left out: ${reason}`)

describe.skipIf(reason !== null)('the extension calls through Kamailio', () => {
  let place: Workplace<KamailioSip>
  let browser: Browser
  let page: Page
  let panel: PanelDriver

  beforeAll(async () => {
    place = await startWorkplace({
      runPath: RUN_PATH,
      basePath: resolve('test/support/base.csv'),
      campaign: CAMPAIGN,
      language: 'ru',
      startSip: kamailioSip({ runDir: resolve(RUN_PATH, 'sip') }),
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

  const origin = () => place.stands.portal.origin

  /** The latest call to that number, as Kamailio and the client's phone have seen it until now. */
  function callTo(number: string): PbxCall | undefined {
    return place.stands.sip.stand.calls.findLast((call) => call.number === number)
  }

  test('nobody answers: cancelled after the campaign’s wait, НЕТ ОТВЕТА proposed and saved', async () => {
    await openLead(page, origin(), 1)
    await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
    await clickPhone(page, 1)
    await panel.see(panel.t('call.state.ringing'))
    const cancelled = await waitFor('the cancellation', () => {
      const call = callTo(NUMBERS.noAnswer)
      return call?.endedAt ? call : null
    })
    const rangMs = Date.parse(cancelled.cancelledAt ?? '') - Date.parse(cancelled.ringingAt ?? '')
    expect(rangMs).toBeGreaterThanOrEqual(CAMPAIGN.waitSeconds * 1000 - 100)
    expect(cancelled).toMatchObject({ sipStatus: 487, endedBy: 'operator', answeredAt: null })

    await panel.see(panel.t('outcome.proposed'))
    await panel.see(titleOf('no_answer'))
    await panel.pressPrimary('save')
    await panel.see(panel.t('after.savedAllDone'))
    const lead = leadAtPortal(place.stands.portal, 1)
    expect(lead.calls).toHaveLength(1)
    expect(lead.comments).toHaveLength(1)
    expect(lead.todos).toHaveLength(1)
    expect(await nativeCalls(page)).toEqual([])
  })

  test('answered: sound both ways, and the call outlives another card and a reload', async () => {
    await openLead(page, origin(), 2)
    await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
    await clickPhone(page, 2)
    await panel.see(panel.t('call.state.talking'))
    await waitFor('the operator’s voice in the client’s recording', () => heardNow() > AUDIBLE)
    await waitFor('both levels in the panel', bothLevelsMove)

    await panel.openTab('result')
    await panel.press(titleOf('competitor'))
    await panel.type(panel.t('outcome.note'), NOTE)
    const card = await cardFrame(page, 'lead', 2)
    await card.locator('a[href*="/crm/company/details/"]').click()
    await cardFrame(page, 'company', await companyOfLead(2))
    await panel.see('Брус-Ответ')
    await page.keyboard.press('Escape')

    await page.reload()
    await panel.see(panel.t('call.state.talking'))
    await panel.openTab('result')
    await waitFor('the note', async () => (await panel.value(panel.t('outcome.note'))) === NOTE)
    expect(callTo(NUMBERS.answers)).toMatchObject({ sipStatus: 200, endedAt: null })
    await waitFor('sound at the client after the reload', () => heardNow() > AUDIBLE)
    await waitFor('both levels after the reload', bothLevelsMove)

    await panel.pressPrimary('hangUp')
    await waitFor('the end of the call', () => callTo(NUMBERS.answers)?.endedAt)
    expect(callTo(NUMBERS.answers)).toMatchObject({ endedBy: 'operator' })
    expect(callTo(NUMBERS.answers)?.heardLevel).toBeGreaterThan(AUDIBLE)
    expect(await nativeCalls(page)).toEqual([])
  })

  function heardNow(): number {
    return callTo(NUMBERS.answers)?.heardLevelNow ?? 0
  }

  async function bothLevelsMove(): Promise<boolean> {
    const levels = await panel.levels()
    return levels.length === 2 && levels.every((level) => level > AUDIBLE)
  }

  async function companyOfLead(id: number): Promise<number> {
    const lead = place.stands.portal.data.entities.lead.find(({ ID }) => ID === id)
    return Number(lead?.fields.COMPANY_ID)
  }
})

function titleOf(outcome: string): string {
  return CAMPAIGN.outcomes.find(({ id }) => id === outcome)?.title ?? outcome
}
