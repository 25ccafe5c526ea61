import { leadAtPortal } from '../../test/support/lead-at-portal.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { demoCampaign } from '../campaign.ts'
import type { Scene } from './scene.ts'

/** 5. КЛИЕНТ ЖДЁТ ЗВОНКА: the rep is told, the client gets an SMS and a mail. */
export const awaitingCall: Scene = async ({ browser, demo, witness, language, openLead }) => {
  const { portal, sms, mail } = demo.stands
  const campaign = demoCampaign(language)
  const { page, panel } = await openLead(2)
  await panel.pressPrimary('hangUp')
  await waitFor('the end of the call', () => demo.pbx.calls.at(-1)?.endedAt)
  const title = campaign.outcomes.find(({ id }) => id === 'awaiting_call')?.title ?? ''
  await panel.see(panel.t('outcome.proposed'))
  await panel.see(title)
  await witness.screenshot(page, '10-awaiting-call')
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.message.deliveredMail'), 30_000)
  await panel.see(panel.t('after.message.delivered'), 30_000)
  await panel.see(panel.t('after.savedAllDone'), 30_000)
  witness.note('panel', 'SMS and mail are shown as delivered', true)
  await witness.screenshot(page, '11-delivered')

  const lead = leadAtPortal(portal, 2)
  const rep = campaign.salesRep?.userId
  const todo = lead.todos.find(({ RESPONSIBLE_ID }) => Number(RESPONSIBLE_ID) === rep)
  witness.note('portal', 'the rep has a to-do', todo !== undefined, lead.todos)
  const notices = portal.data.notifications.filter(({ USER_ID }) => USER_ID === rep)
  witness.note('portal', 'the rep was notified once', notices.length === 1, notices)
  witness.note(
    'portal',
    'stage',
    lead.fields.STATUS_ID === campaign.mapping.stages.interested,
    lead.fields.STATUS_ID,
  )
  const marks = String(lead.calls[0]?.DESCRIPTION)
  witness.note(
    'portal',
    'the record holds the script’s evidence',
    marks.includes('"presentation":true'),
    marks,
  )

  const text = sms.received[0]
  witness.note(
    'sms',
    'one SMS to the client’s mobile',
    sms.received.length === 1 && /79161230002$/.test(text?.to ?? ''),
    sms.received,
  )
  const letter = mail.received[0]
  witness.note(
    'mail',
    'one mail to the client',
    mail.received.length === 1 && (letter?.to.length ?? 0) === 1,
    mail.received,
  )
  await panel.pressPrimary('done')
  return browser
}
