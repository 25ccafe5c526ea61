import { choiceInCard, settleCampaign } from '../../lib/campaign/belongs.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { type CardKey, type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { CampaignOption, LeadCampaign } from '../../lib/contracts/panel.ts'
import type { World } from './world.ts'

type Seen = Pick<World, 'campaigns' | 'earlierCampaigns' | 'cards' | 'drafts' | 'choices'>

/**
 * The campaign that a card is called in, and how that stands. Pure. An attempt with a call keeps
 * the very version it began by; else the operator's choice, the open pass and the rules decide.
 */
export function leadCampaignOf(
  world: Seen,
  card: CardRef,
): { campaign: Campaign | null; standing: LeadCampaign } {
  const key = cardKey(card)
  const begun = begunCampaign(world, key)
  if (begun) return { campaign: begun, standing: { state: 'settled', others: [] } }
  const { campaigns } = world
  if (campaigns.length === 0) return { campaign: null, standing: { state: 'none_published' } }

  const state = world.cards.get(key)
  const details = state?.details ?? null
  const chosen = world.choices.get(key) ?? (details && choiceInCard(details, campaigns))
  // Without its details the rules can't be asked; a choice, or the one campaign for all, can.
  const canTell = details || campaigns.some(({ id }) => id === chosen) || isForAll(campaigns)
  if (!canTell) {
    const isComing = !state || state.reading === 'loading'
    const options = campaigns.map(optionOf)
    return unsettled(isComing ? { state: 'reading' } : { state: 'choose', options, isUnread: true })
  }
  const lead = details ?? { card, stageId: null, responsibleId: null }
  const settled = settleCampaign(lead, campaigns, { chosen, history: state?.history ?? [] })
  switch (settled.state) {
    case 'settled':
      return {
        campaign: settled.campaign,
        standing: { state: 'settled', others: settled.others.map(optionOf) },
      }
    case 'choose':
      return unsettled({ state: 'choose', options: settled.options.map(optionOf), isUnread: false })
    case 'none':
      return unsettled({ state: 'none', published: campaigns.map(optionOf) })
  }
}

function begunCampaign(world: Seen, key: CardKey): Campaign | null {
  const draft = world.drafts.get(key)
  if (!draft || draft.calls.length === 0) return null
  const { id, version } = draft.campaign
  const all = [...world.campaigns, ...world.earlierCampaigns]
  return (
    all.find((campaign) => campaign.id === id && campaign.version === version) ??
    all.find((campaign) => campaign.id === id) ??
    null
  )
}

/** One campaign, and for every lead: nothing about the lead could change that. */
function isForAll([only, ...more]: readonly Campaign[]): boolean {
  return only !== undefined && more.length === 0 && only.belongs.length === 0
}

function unsettled(standing: LeadCampaign): { campaign: null; standing: LeadCampaign } {
  return { campaign: null, standing }
}

function optionOf({ id, title, customer }: Campaign): CampaignOption {
  return { id, title, customer: customer.name }
}
