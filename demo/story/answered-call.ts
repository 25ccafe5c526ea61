import { cardFrame, clickPhone } from '../../test/support/portal-driver.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import type { Scene } from './scene.ts'

const NOTE = 'Просил показать образцы; решает вместе с главным инженером'

/** 4. Lead 2 answers: sound both ways, a script walked, and nothing lost by cards and a reload. */
export const answeredCall: Scene = async ({ browser, demo, witness, openLead }) => {
  const { page, panel } = await openLead(2)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await clickPhone(page, 2)
  /** The stand measures when it is asked, so it is asked each time. */
  const call = () => demo.pbx.calls.find(({ number }) => number === '+79161230002')
  await waitFor('the answer at the SIP stand', () => call()?.answeredAt)
  await panel.see(panel.t('call.state.talking'))
  const heardByClient = await waitFor(
    'sound at the client',
    () => Number(call()?.heardLevelNow) > 0.01 && call()?.heardLevelNow,
  )
  witness.note('sip', 'the client hears the operator', heardByClient > 0.01, heardByClient)
  const heardByOperator = await waitFor(
    'sound at the operator',
    async () => (await panel.levels()).every((level) => level > 0.01) && panel.levels(),
  )
  witness.note('panel', 'both level bars move', heardByOperator.length === 2, heardByOperator)
  await witness.screenshot(page, '6-talking')

  await walkScript()
  await panel.openTab('result')
  await panel.type(panel.t('outcome.note'), NOTE)

  await openCompanyFromCard()
  await witness.screenshot(page, '8-other-card')
  await page.keyboard.press('Escape')
  await page.reload()
  await panel.openTab('result')
  const note = await waitFor(
    'the comment after the reload',
    async () => (await panel.value(panel.t('outcome.note'))) || null,
  )
  witness.note('panel', 'the typed comment outlived the reload', note === NOTE, note)
  await panel.see(panel.t('call.state.talking'))
  witness.note('sip', 'the call outlived the reload', call()?.endedAt === null, call())
  const heard = call()?.heardPackets ?? 0
  const goesOn = await waitFor('more sound', () => (call()?.heardPackets ?? 0) > heard + 25)
  witness.note('sip', 'sound still flows', goesOn, call()?.heardPackets)
  await witness.screenshot(page, '9-after-reload')
  return browser

  /** Always the first answer, the one that the script hopes for; the objection is met on the way. */
  async function walkScript(): Promise<void> {
    const frame = await panel.frame()
    for (let step = 0; step < 12; step++) {
      const answers = await frame.$$(ANSWERS)
      if (answers.length === 0) break
      const title = await frame.$eval('#script-step', (heading) => heading.textContent)
      if (step === 3) await witness.screenshot(page, '7-script')
      await fillStep()
      await answers[0]?.click()
      await waitFor('the next step', async () => {
        const now = await frame.$('#script-step')
        return !now || (await now.evaluate((heading) => heading.textContent)) !== title
      })
    }
    const shown = await panel.text()
    witness.note(
      'panel',
      'the script was walked to its end',
      shown.includes(panel.t('script.end')),
      shown.slice(0, 200),
    )
  }

  async function fillStep(): Promise<void> {
    const frame = await panel.frame()
    const name = panel.t('script.field.decisionMaker')
    if ((await panel.text()).includes(name)) await panel.type(name, 'Ирина Павловна Лосева')
    const mail = panel.t('script.field.email')
    if ((await panel.text()).includes(mail)) await panel.type(mail, 'loseva@client.test')
    if (await frame.$('input[type="date"]')) await panel.setDateTime(...workingDayAhead())
  }

  async function openCompanyFromCard(): Promise<void> {
    const card = await cardFrame(page, 'lead', 2)
    await card.locator('a[href*="/crm/company/details/"]').click()
    await waitFor('the company’s card', () =>
      page.frames().find((frame) => frame.url().includes('/crm/company/details/')),
    )
    const lead = demo.stands.portal.data.entities.lead.find(({ ID }) => ID === 2)
    await panel.see(String(lead?.fields.COMPANY_TITLE ?? lead?.fields.TITLE))
    witness.note('panel', 'the call’s card stays in hand over another card', true)
  }
}

const ANSWERS = 'article fieldset:last-of-type button'

/** The next Tuesday, Wednesday or Thursday: a working day well within any limit. */
export function workingDayAhead(): [date: string, time: string] {
  const day = new Date(Date.now() + 86_400_000)
  while (![2, 3, 4].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return [day.toISOString().slice(0, 10), '14:37']
}
