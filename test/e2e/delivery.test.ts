import { resolve } from 'node:path'
import type { Browser, Page, Target } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { drivePanel, type PanelDriver } from '../support/panel-driver.ts'
import { clickPhone, openLead } from '../support/portal-driver.ts'
import { quickCampaign } from '../support/quick-campaign.ts'
import { type EmbeddedSip, embeddedSip } from '../support/sip-sides.ts'
import { waitFor } from '../support/wait-for.ts'
import { startWorkplace, type Workplace } from '../support/workplace.ts'

const CAMPAIGN = quickCampaign('ru', { waitSeconds: 2, undoSeconds: 1 })
const NOTE = 'Перезвонить в отдел закупок'

let place: Workplace<EmbeddedSip>
let browser: Browser

beforeAll(async () => {
  place = await startWorkplace({
    runPath: resolve('.prozvon/e2e/delivery'),
    basePath: resolve('test/support/base.csv'),
    campaign: CAMPAIGN,
    language: 'ru',
    startSip: embeddedSip(),
  })
  browser = await place.launch({ seesWorkers: true })
  await place.setUp(browser)
})
afterAll(async () => {
  await browser?.close()
  await place?.close()
})

describe('a result arrives exactly once', () => {
  test('when the portal is away while it is saved and the browser is killed', async () => {
    const { page, panel } = await open(1)
    await callInVain(page, panel, 1)
    await place.stands.portal.goAway()
    await panel.pressPrimary('save')
    await panel.see(panel.t('after.savedWillSend'))
    expect(arrived(1)).toEqual({ calls: 0, comments: 0, todos: 0 })

    browser.process()?.kill('SIGKILL')
    await waitFor('the browser to be gone', () => !browser.connected)
    browser = await place.launch({ seesWorkers: true })
    await place.stands.portal.comeBack()
    await waitFor('the result at the portal', () => arrived(1).todos > 0, 60_000)

    const again = await open(1)
    await again.panel.see(again.panel.t('after.savedAllDone'), 30_000)
    expect(arrived(1)).toEqual(ONCE)
  })

  test('when the portal does everything and answers nothing', async () => {
    const { page, panel } = await open(3)
    await callInVain(page, panel, 3)
    // Drops the connections, so that the request goes over a new one (see the next test).
    await place.stands.portal.goAway()
    await place.stands.portal.comeBack()
    place.stands.portal.failNext({ kind: 'after-effect-no-answer', method: 'crm.activity.add' })
    await panel.pressPrimary('save')
    await waitFor('the effects without an answer', () => arrived(3).calls > 0)
    await panel.see(panel.t('after.savedAllDone'), 60_000)
    expect(arrived(3)).toEqual(ONCE)
  })

  // Chromium repeats any request, a POST too, when a connection that it has used before closes
  // without an answer (`HttpNetworkTransaction::ShouldResendRequest`). No code of ours sees it; the
  // batch's own lists do.
  test('when the portal answers nothing on a connection that was used before', async () => {
    const { page, panel } = await open(7)
    await callInVain(page, panel, 7)
    const again = await open(7)
    place.stands.portal.failNext({ kind: 'after-effect-no-answer', method: 'crm.activity.add' })
    await again.panel.pressPrimary('save')
    await again.panel.see(panel.t('after.savedAllDone'), 60_000)
    expect(arrived(7)).toEqual(ONCE)
  })

  test('when it is saved in two tabs at once', async () => {
    const first = await open(4)
    const second = await open(4)
    await callInVain(first.page, first.panel, 4)
    await second.panel.see(titleOf('no_answer'))
    await Promise.all([pressSaveUnseen(first.panel), pressSaveUnseen(second.panel)])
    for (const { panel } of [first, second]) await panel.see(panel.t('after.savedAllDone'), 30_000)
    expect(arrived(4)).toEqual(ONCE)
    await second.page.close()
  })
})

test('the next result completes the to-do of the callback before it', async () => {
  const completed = () => leadAtPortal(place.stands.portal, 1).todos.map((todo) => todo.COMPLETED)
  expect(completed()).toEqual(['N'])
  const { page, panel } = await open(1)
  await callInVain(page, panel, 1)
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'), 30_000)
  expect(completed()).toEqual(['Y', 'N'])
})

test('what is typed in one tab is there in another tab of the same lead', async () => {
  const first = await open(5)
  const second = await open(5)
  await callInVain(first.page, first.panel, 5)
  await first.page.bringToFront()
  await first.panel.type(first.panel.t('outcome.note'), NOTE)
  await waitFor('the note in the other tab', async () => {
    return (await second.panel.value(second.panel.t('outcome.note'))) === NOTE
  })
  await first.panel.pressPrimary('save')
  await first.panel.see(first.panel.t('after.savedAllDone'), 30_000)
  await second.page.close()
})

test('a service worker that is stopped in mid-call loses neither the call nor the comment', async () => {
  const { page, panel } = await open(6)
  await clickPhone(page, 6)
  await panel.see(panel.t('call.state.talking'))
  await panel.openTab('result')
  await panel.press(titleOf('competitor'))
  await panel.type(panel.t('outcome.note'), NOTE)
  await stopWorker()

  const call = () => place.stands.sip.pbx.calls.at(-1)
  const heard = call()?.heardPackets ?? 0
  await waitFor('more sound at the client', () => (call()?.heardPackets ?? 0) > heard + 50)
  await waitFor('levels in the panel again', async () => {
    const levels = await panel.levels()
    return levels.length === 2 && levels.every((level) => level > 0.01)
  })
  expect(await panel.value(panel.t('outcome.note'))).toBe(NOTE)
  expect(call()?.endedAt).toBeNull()

  await panel.pressPrimary('hangUp')
  await waitFor('the end of the call', () => call()?.endedAt)
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'), 30_000)
  const lead = leadAtPortal(place.stands.portal, 6)
  expect(lead.calls).toHaveLength(1)
  expect(lead.comments).toEqual([expect.stringContaining(NOTE)])
})

const ONCE = { calls: 1, comments: 1, todos: 1 }

/** How many of each the portal has for the lead. */
function arrived(leadId: number) {
  const { calls, comments, todos } = leadAtPortal(place.stands.portal, leadId)
  return { calls: calls.length, comments: comments.length, todos: todos.length }
}

/** A lead's card in a tab of its own. */
async function open(leadId: number): Promise<{ page: Page; panel: PanelDriver }> {
  const page = await browser.newPage()
  await openLead(page, place.stands.portal.origin, leadId)
  const panel = drivePanel(page, 'ru')
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }).split(' ')[0] ?? '')
  return { page, panel }
}

/** Rings until the campaign's patience ends, and leaves НЕТ ОТВЕТА proposed. */
async function callInVain(page: Page, panel: PanelDriver, leadId: number): Promise<void> {
  await page.bringToFront()
  await clickPhone(page, leadId)
  await panel.see(panel.t('call.state.ringing'))
  await panel.see(panel.t('outcome.proposed'))
  await panel.see(titleOf('no_answer'))
}

/** A tab in the background draws nothing, so a click there can't wait for the button's place. */
async function pressSaveUnseen(panel: PanelDriver): Promise<void> {
  const frame = await panel.frame()
  await frame.$eval('[data-primary="save"]', (button) => (button as HTMLElement).click())
}

/** Stops the extension's service worker; resolves when another one has taken its place. */
async function stopWorker(): Promise<void> {
  const target = await browser.waitForTarget(isWorker)
  const worker = await target.worker()
  await worker?.evaluate(() => Object.assign(globalThis, { isOld: true }))
  await worker?.close()
  await waitFor('another service worker', async () => {
    const next = await browser
      .targets()
      .find(isWorker)
      ?.worker()
      .catch(() => null)
    return (await next?.evaluate(() => !('isOld' in globalThis)).catch(() => false)) ?? false
  })
}

function isWorker(target: Target): boolean {
  return target.type() === 'service_worker'
}

function titleOf(outcome: string): string {
  return CAMPAIGN.outcomes.find(({ id }) => id === outcome)?.title ?? outcome
}
