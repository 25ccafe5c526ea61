import { cardFrame } from '../../test/support/portal-driver.ts'
import type { Scene } from './scene.ts'

/** 1. The operator opens lead 1; the panel knows the client before he could read the card. */
export const firstLead: Scene = async ({ browser, demo, witness, openLead }) => {
  const { page, panel } = await openLead(1)
  const card = await cardFrame(page, 'lead', 1)
  witness.note(
    'portal',
    'the card is a slider’s frame',
    card.url().includes('IFRAME=Y'),
    card.url(),
  )

  const lead = demo.stands.portal.data.entities.lead.find(({ ID }) => ID === 1)
  const phones = lead?.multifields.filter(({ TYPE_ID }) => TYPE_ID === 'PHONE') ?? []
  const company = String(lead?.fields.COMPANY_TITLE ?? lead?.fields.TITLE)
  const contact = String(lead?.fields.NAME)
  await panel.see(company)
  await panel.see(contact)
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  const text = await panel.text()
  witness.note('panel', 'company', text.includes(company), company)
  witness.note('panel', 'contact', text.includes(contact), contact)
  for (const { VALUE } of phones) {
    const digits = VALUE.replace(/\D/g, '').slice(1)
    witness.note('panel', `phone ${VALUE}`, text.replace(/\D/g, '').includes(digits), VALUE)
  }
  const localTime = panel.t('lead.localTime', { time: '' }).trim()
  witness.note('panel', 'the client’s local time', text.includes(localTime), localTime)
  const noHistory = panel.t('empty.noHistory')
  witness.note('panel', 'earlier results (none yet)', text.includes(noHistory), noHistory)
  await witness.screenshot(page, '1-lead-open')
  return browser
}
