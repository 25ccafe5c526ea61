import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type CardDetails, cardKey } from '../../lib/contracts/card.ts'
import { type Outbox, openOutbox } from '../../lib/outbox/database.ts'
import { CARD } from '../../lib/outcomes/draft.fixture.ts'
import { type ChoiceKeeper, keepChoices } from './choices.ts'
import { createDesk, type Desk } from './world.ts'

const KEY = cardKey(CARD)
const campaign = { ...(shippedCampaign('b2b-cold-ru') as Campaign), id: 'light' }
const FIELD = 'UF_CRM_PROZVON_CAMPAIGN'

let desk: Desk
let db: Outbox
let choices: ChoiceKeeper
let databases = 0
beforeEach(async () => {
  fakeBrowser.reset()
  databases += 1
  db = await openOutbox(`choices-${databases}`)
  desk = createDesk()
  desk.world.campaigns = [campaign]
  choices = keepChoices(desk, db)
})

/** The card is read and has this in its field. */
async function readWith(inCard: string | null) {
  const take = await choices.beforeReading(CARD)
  await take({ fields: inCard === null ? {} : { [FIELD]: [inCard] } } as unknown as CardDetails)
}
const deliver = () => db.effects.toCollection().modify({ state: 'done' })

describe('a choice', () => {
  it('is known at once, survives a restart, and is on its way to the card', async () => {
    await choices.put(CARD, campaign)
    expect(desk.world.choices.get(KEY)).toBe('light')
    expect(await keepChoices(createDesk(), db).recall()).toEqual(new Map([[KEY, 'light']]))
    const effects = await db.effects.toArray()
    expect(effects).toMatchObject([
      { state: 'waiting', effect: { type: 'fields', card: CARD, fields: { [FIELD]: 'light' } } },
    ])
  })

  it('stands while it is on its way, whatever the card still says', async () => {
    await choices.put(CARD, campaign)
    await readWith('water')
    expect(desk.world.choices.get(KEY)).toBe('light')
  })

  it('is the card’s own matter once it has arrived there', async () => {
    await choices.put(CARD, campaign)
    await deliver()
    await readWith('water')
    expect(desk.world.choices.has(KEY)).toBe(false)
    expect(await choices.recall()).toEqual(new Map())
  })

  it('that arrived while the card was being read stands until the next reading', async () => {
    await choices.put(CARD, campaign)
    const take = await choices.beforeReading(CARD)
    await deliver()
    await take({ fields: { [FIELD]: ['water'] } } as unknown as CardDetails)
    expect(desk.world.choices.get(KEY)).toBe('light')
  })

  it('stays in this browser where the portal lacks the field', async () => {
    await choices.put(CARD, campaign)
    await deliver()
    await readWith(null)
    expect(desk.world.choices.get(KEY)).toBe('light')
  })

  it('stays in this browser where the campaign names no field', async () => {
    const { mapping } = campaign
    const fields = { ...mapping.fields, campaign: null }
    await choices.put(CARD, { ...campaign, mapping: { ...mapping, fields } })
    expect(await db.effects.count()).toBe(0)
    expect(await choices.recall()).toEqual(new Map([[KEY, 'light']]))
  })
})
