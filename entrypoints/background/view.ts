import type { AttemptDraft } from '../../lib/contracts/attempt.ts'
import { type CardRef, cardKey, isSameCard } from '../../lib/contracts/card.ts'
import type { PageOrders } from '../../lib/contracts/messages.ts'
import type { CardState, PanelState } from '../../lib/contracts/panel.ts'
import { accountTroubleOf } from './account-trouble.ts'
import { cardStops } from './card-stops.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import type { World } from './world.ts'

/** What one tab's panel shows. Pure: the panel can be rebuilt from the world at any moment. */
export function panelStateOf(world: World, tabId: number): PanelState {
  const top = world.frames.get(tabId)?.at(-1)?.snapshot ?? null
  const inHand = cardInHand(world) ?? top?.card ?? null
  const key = inHand && cardKey(inHand)
  const lead = inHand && leadCampaignOf(world, inHand)
  return {
    language: world.settings.language,
    theme: world.settings.theme,
    layout: world.settings.layout,
    operator: world.operator,
    portal: world.portal,
    relay: world.relay,
    account: accountTroubleOf(world),
    softphone: world.softphone,
    campaign: lead?.campaign ?? null,
    leadCampaign: lead?.standing ?? { state: 'reading' },
    campaignTrouble: world.campaignTrouble,
    stopList: world.stopList,
    stops: key ? cardStops(world, key, lead?.campaign ?? null) : [],
    card: key ? (world.cards.get(key) ?? null) : null,
    otherCard: top && !isSameCard(top.card, inHand) ? top : null,
    draft: key ? (world.drafts.get(key) ?? null) : null,
    ledger: key ? (world.ledgers.get(key) ?? null) : null,
    undelivered: world.undelivered,
    taken: world.taken,
    notice: world.notice,
  }
}

/** What a frame of the portal has to know. */
export function pageOrdersOf(world: World, tabId: number): PageOrders {
  const { settings } = world
  const hasCard = (world.frames.get(tabId)?.length ?? 0) > 0
  const isNeeded = hasCard || cardInHand(world)
  return {
    type: 'page.orders',
    takesCalls: settings.sip !== null,
    hasCard,
    presence: !isNeeded ? 'hidden' : settings.layout.collapsed ? 'rail' : 'panel',
    layout: settings.layout,
  }
}

/**
 * The card that the operator can't leave yet: the one being called, else the one whose call has no
 * result. Null when he is free to go to the next.
 */
export function cardInHand(world: World): CardRef | null {
  const { call } = world.softphone
  if (call?.card && call.state !== 'ended') return call.card
  return unsavedDraft(world)?.card ?? null
}

/** The newest draft with a call that was placed: it waits for its result. */
export function unsavedDraft(world: Pick<World, 'drafts'>): AttemptDraft | null {
  const called = [...world.drafts.values()].filter((draft) => draft.calls.length > 0)
  return called.sort((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1) ?? null
}

/** A card as the page alone tells it, before Bitrix24 was asked. */
export function unreadCard(snapshot: CardState['snapshot']): CardState {
  return { snapshot, details: null, reading: 'loading', trouble: null, history: [], todos: [] }
}
