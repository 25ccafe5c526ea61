import { describe, expect, it } from 'vitest'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { BelongsCondition, Campaign } from '../../lib/contracts/campaign.ts'
import { type CardDetails, cardKey } from '../../lib/contracts/card.ts'
import { CARD, draftFixture } from '../../lib/outcomes/draft.fixture.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import { unreadCard } from './view.ts'
import { createDesk, type World } from './world.ts'

const KEY = cardKey(CARD)

function campaign(id: string, belongs: BelongsCondition[] = [], version = 1): Campaign {
  const shipped = shippedCampaign('b2b-cold-ru')
  if (!shipped) throw new Error('no shipped campaign')
  return { ...shipped, id, version, title: `Title of ${id}`, belongs }
}

const FRESH: BelongsCondition[] = [{ by: 'stage', anyOf: ['NEW'] }]
const DETAILS: CardDetails = {
  card: CARD,
  title: 'Lead',
  company: null,
  contact: null,
  role: null,
  phones: [],
  emails: [],
  city: null,
  timeZone: null,
  stageId: 'NEW',
  responsibleId: 7,
  sourceId: null,
  fields: {},
  readAt: '2026-03-02T07:00:00.000Z',
}

function worldWith(campaigns: Campaign[], details: Partial<CardDetails> | null = {}): World {
  const { world } = createDesk()
  world.campaigns = campaigns
  const snapshot = { card: CARD, title: 'Lead', company: null, contact: null, phones: [] }
  const read = details && { ...DETAILS, ...details }
  const reading = read ? 'ready' : 'loading'
  world.cards.set(KEY, { ...unreadCard(snapshot), details: read, reading })
  return world
}

describe('the campaign of a card', () => {
  it('is the only one there is, before anything of the card is known', () => {
    const only = campaign('only')
    expect(leadCampaignOf(worldWith([only], null), CARD).campaign).toBe(only)
  })

  it('is not known while the card is being read, if its details decide', () => {
    for (const campaigns of [[campaign('a'), campaign('b')], [campaign('fresh', FRESH)]]) {
      expect(leadCampaignOf(worldWith(campaigns, null), CARD)).toEqual({
        campaign: null,
        standing: { state: 'reading' },
      })
    }
  })

  it('can be chosen among all when the card can’t be read', () => {
    const world = worldWith([campaign('a'), campaign('fresh', FRESH)], null)
    const state = world.cards.get(KEY)
    if (state) world.cards.set(KEY, { ...state, reading: 'refused' })
    expect(leadCampaignOf(world, CARD).standing).toMatchObject({
      state: 'choose',
      isUnread: true,
      options: [{ id: 'a' }, { id: 'fresh' }],
    })
  })

  it('is to be chosen where several fit, and is none where none fits', () => {
    const several = worldWith([campaign('a'), campaign('b', FRESH)])
    expect(leadCampaignOf(several, CARD).standing).toMatchObject({
      state: 'choose',
      isUnread: false,
    })
    const none = worldWith([campaign('b', FRESH)], { stageId: 'JUNK' })
    expect(leadCampaignOf(none, CARD)).toMatchObject({
      campaign: null,
      standing: { state: 'none', published: [{ id: 'b', title: 'Title of b' }] },
    })
    expect(leadCampaignOf(worldWith([]), CARD).standing).toEqual({ state: 'none_published' })
  })

  it('is the one that stands in the card; a choice of this browser that is on its way goes before', () => {
    const world = worldWith([campaign('a'), campaign('b')], {
      fields: { UF_CRM_PROZVON_CAMPAIGN: ['a'] },
    })
    expect(leadCampaignOf(world, CARD).campaign?.id).toBe('a')
    world.choices.set(KEY, 'b')
    expect(leadCampaignOf(world, CARD)).toMatchObject({
      campaign: { id: 'b' },
      standing: { state: 'settled', others: [{ id: 'a' }] },
    })
  })

  it('stays the version by which an attempt was begun, and can’t be changed in it', () => {
    const world = worldWith([campaign('a', [], 5), campaign('b')])
    world.earlierCampaigns = [campaign('a', [], 4)]
    world.drafts.set(KEY, draftFixture({ campaign: { id: 'a', version: 4 } }))
    expect(leadCampaignOf(world, CARD)).toMatchObject({
      campaign: { id: 'a', version: 4 },
      standing: { state: 'settled', others: [] },
    })
  })

  it('may change as long as something is only typed', () => {
    const world = worldWith([campaign('a', [], 5)])
    world.drafts.set(KEY, draftFixture({ calls: [], campaign: { id: 'a', version: 4 } }))
    expect(leadCampaignOf(world, CARD).campaign?.version).toBe(5)
  })
})
