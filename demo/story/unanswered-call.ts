import { clickPhone, nativeCalls } from '../../test/support/portal-driver.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { demoCampaign } from '../campaign.ts'
import type { Scene } from './scene.ts'

/** 2. A click on the number in the card calls through the softphone; after the wait it gives up. */
export const unansweredCall: Scene = async ({ browser, demo, witness, language, openLead }) => {
  const { page, panel } = await openLead(1)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await clickPhone(page, 1)
  const call = await waitFor('the call at the SIP stand', () => demo.pbx.calls.at(-1))
  witness.note('sip', 'the card’s number was dialled', call.number === '+74951230001', call.number)
  await panel.see(panel.t('call.state.ringing'))
  await panel.see(countdown(panel.t('call.ringLeft', { seconds: '' })))
  await witness.screenshot(page, '2-ringing')

  const ringing = await waitFor('the call to be cancelled', () => call.cancelledAt && call, 30_000)
  const rang = Date.parse(ringing.cancelledAt ?? '') - Date.parse(ringing.ringingAt ?? '')
  const campaign = demoCampaign(language)
  const isPatient = rang >= campaign.waitSeconds * 1000 && rang < (campaign.waitSeconds + 3) * 1000
  witness.note('sip', `cancelled after ${campaign.waitSeconds} s of ringing`, isPatient, rang)
  const native = await nativeCalls(page)
  witness.note('portal', 'BXIM.phoneTo was not called', native.length === 0, native)

  const title = campaign.outcomes.find(({ id }) => id === 'no_answer')?.title ?? ''
  await panel.see(panel.t('outcome.proposed'))
  await panel.see(title)
  witness.note('panel', `«${title}» is proposed`, true, title)
  await witness.screenshot(page, '3-proposed')
  return browser
}

/** The part of the text before its number. */
function countdown(text: string): string {
  return text.split('  ')[0]?.trim() ?? text
}
