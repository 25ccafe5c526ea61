import { leadAtPortal } from '../../test/support/lead-at-portal.ts'
import { clickPhone } from '../../test/support/portal-driver.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import type { Scene } from './scene.ts'

/** 6. The portal goes away, the browser is killed; the result arrives all the same, and once. */
export const portalAway: Scene = async ({ browser, demo, witness, openLead }) => {
  const { portal } = demo.stands
  const { page, panel } = await openLead(3)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await clickPhone(page, 3)
  const call = await waitFor('the call at the SIP stand', () =>
    demo.pbx.calls.find(({ number }) => number === '+74951230003'),
  )
  await waitFor('the answer', () => call.answeredAt)
  // Only a call that both ends know to be up can be hung up by the other.
  await panel.see(panel.t('call.state.talking'))
  demo.pbx.hangUp(call.callId)
  await waitFor('the end of the call', () => call.endedAt)

  await portal.goAway()
  await panel.openTab('result')
  await chooseCompetitor()
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedWillSend'))
  witness.note('panel', '«saved, will be sent»', true)
  await witness.screenshot(page, '12-portal-away')
  const before = leadAtPortal(portal, 3)
  witness.note('portal', 'nothing has arrived yet', before.calls.length === 0, before.calls)

  browser.process()?.kill('SIGKILL')
  await waitFor('the browser to be gone', () => !browser.connected)
  const again = await demo.launch({ headless: true })
  await portal.comeBack()
  await waitFor('the result at the portal', () => leadAtPortal(portal, 3).calls.length > 0, 90_000)
  // Time for a second delivery, were there one.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const after = leadAtPortal(portal, 3)
  witness.note('portal', 'one call activity', after.calls.length === 1, after.calls)
  witness.note('portal', 'one comment', after.comments.length === 1, after.comments)

  const shown = (await again.pages())[0] ?? (await again.newPage())
  await shown.goto(`${portal.origin}/crm/lead/details/3/`)
  await waitFor('the card', () => shown.frames().find((frame) => frame.url().includes('IFRAME=Y')))
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await witness.screenshot(shown, '13-arrived')
  return again

  /** A result that needs no more than a click: a competitor answered. */
  async function chooseCompetitor(): Promise<void> {
    const frame = await panel.frame()
    const title = await waitFor('the result’s button', async () =>
      frame.$(`::-p-xpath(//button[contains(., "КОНКУРЕНТ")])`),
    )
    await title.click()
  }
}
