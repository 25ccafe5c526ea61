import { leadAtPortal } from '../../test/support/lead-at-portal.ts'
import { cardFrame } from '../../test/support/portal-driver.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import { demoCampaign } from '../campaign.ts'
import type { Scene } from './scene.ts'

/** 3. Saved: the whole result arrives at the portal in one batch request. */
export const savedResult: Scene = async ({ browser, demo, witness, language, openLead }) => {
  const { portal } = demo.stands
  const { page, panel } = await openLead(1)
  await panel.openTab('result')
  const before = portal.requests.length
  await panel.pressPrimary('save')
  await panel.see(panel.t('after.savedAllDone'))
  await witness.screenshot(page, '4-saved')

  const lead = await waitFor('the result at the portal', () => {
    const seen = leadAtPortal(portal, 1)
    return seen.calls.length > 0 && seen.todos.length > 0 && seen
  })
  const campaign = demoCampaign(language)
  const [call, todo, comment] = [lead.calls[0] ?? {}, lead.todos[0] ?? {}, lead.comments[0] ?? '']
  const text = campaign.outcomes
    .find(({ id }) => id === 'no_answer')
    ?.comment.text.replace('{n}', '1')
  witness.note('portal', 'one call activity with our origin id', lead.calls.length === 1, call)
  witness.note(
    'portal',
    `comment «${text}» in the timeline`,
    comment.startsWith(text ?? '?'),
    comment,
  )
  witness.note('portal', 'one open to-do', lead.todos.length === 1, todo)

  const deadline = String(todo.DEADLINE)
  const at = new Date(deadline)
  const minute = at.getUTCMinutes()
  witness.note('portal', 'callback never at :00 or :30', minute !== 0 && minute !== 30, deadline)
  const days = (at.getTime() - Date.now()) / 86_400_000
  // Two days, a weekend moved: never more than the five days of requirement 001-28.
  witness.note('portal', 'callback in two days, weekends moved', days > 0.9 && days < 5, deadline)
  const outcome = campaign.mapping.fields.outcome ?? ''
  witness.note('portal', 'the lead’s fields', Boolean(lead.fields[outcome]), lead.fields)
  witness.note(
    'portal',
    'stage',
    lead.fields.STATUS_ID === campaign.mapping.stages.intermediate,
    lead.fields.STATUS_ID,
  )

  const writes = portal.requests.slice(before).filter(isWrite)
  const isOneBatch = writes.length === 1 && writes[0]?.method === 'batch'
  witness.note('portal', 'one batch request did it', isOneBatch, writes)

  const card = await cardFrame(page, 'lead', 1)
  await card.goto(card.url())
  await page.waitForFunction(() => true)
  const frame = await cardFrame(page, 'lead', 1)
  const timeline = await waitFor('the comment on the card', async () => {
    const shown = await frame.evaluate(() => document.body.textContent)
    return shown.includes(text ?? '?') && shown
  })
  witness.note('portal', 'the timeline shows it', timeline.includes(text ?? '?'))
  await witness.screenshot(page, '5-timeline')
  await panel.pressPrimary('done')
  return browser
}

/** Reading a card is a batch, too. */
function isWrite({ method, commands }: { method: string; commands: string[] | null }): boolean {
  return [method, ...(commands ?? [])].some((name) => /\.(add|update|delete)\b/.test(name))
}
