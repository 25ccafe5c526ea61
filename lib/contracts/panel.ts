import { z } from 'zod'
import { AccountTrouble } from './account.ts'
import { AttemptDraft, AttemptRecord, Operator, SavedAttempt } from './attempt.ts'
import { Campaign } from './campaign.ts'
import { CardDetails, CardSnapshot, OpenTodo } from './card.ts'
import { Instant, Language } from './common.ts'
import { StoredEffect } from './effect.ts'
import { CardStop, StopListState } from './panel-stop-list.ts'
import { PanelLayout } from './settings.ts'
import { SoftphoneSnapshot } from './softphone.ts'

/** How reading a card from Bitrix24 stands. `stale` = shown from the last reading, portal away. */
export const CardReading = z.enum(['loading', 'ready', 'stale', 'refused', 'not_found'])
export type CardReading = z.infer<typeof CardReading>

/** All that the panel knows of the card it shows. */
export const CardState = z.strictObject({
  snapshot: CardSnapshot,
  details: CardDetails.nullable(),
  reading: CardReading,
  /** Why it could not be read, for people; null when all is well. */
  trouble: z.string().nullable(),
  /** Results of all operators, oldest first, those not yet delivered included. */
  history: z.array(AttemptRecord),
  todos: z.array(OpenTodo),
})
export type CardState = z.infer<typeof CardState>

/** A saved result and what became of its effects. */
export const Ledger = z.strictObject({ attempt: SavedAttempt, effects: z.array(StoredEffect) })
export type Ledger = z.infer<typeof Ledger>

/** A campaign as the operator chooses it. */
export const CampaignOption = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** The customer's name. */
  customer: z.string(),
})
export type CampaignOption = z.infer<typeof CampaignOption>

/** How it stands with the campaign of the card in hand. */
export const LeadCampaign = z.discriminatedUnion('state', [
  /** `others` fit as well, and may be taken instead; none while an attempt is in hand. */
  z.strictObject({ state: z.literal('settled'), others: z.array(CampaignOption) }),
  /** The card is being read: only then it is known. */
  z.strictObject({ state: z.literal('reading') }),
  /** `isUnread`: the card can't be read, so these are all campaigns there are. */
  z.strictObject({
    state: z.literal('choose'),
    options: z.array(CampaignOption),
    isUnread: z.boolean(),
  }),
  /** The rule of none of these campaigns fits the card. */
  z.strictObject({ state: z.literal('none'), published: z.array(CampaignOption) }),
  /** There is no campaign at all. */
  z.strictObject({ state: z.literal('none_published') }),
])
export type LeadCampaign = z.infer<typeof LeadCampaign>

/**
 * Why a campaign of the relay is not used; the last good version is.
 * `forged`: its signature doesn't hold. `unknown_key`: its key is none that this relay began with,
 * or endorsed since. `unreadable`: it needs a newer version of the extension.
 */
export const CampaignTrouble = z.enum(['forged', 'unknown_key', 'unreadable'])
export type CampaignTrouble = z.infer<typeof CampaignTrouble>

export const Reachability = z.enum(['unknown', 'online', 'away', 'refused', 'not_configured'])
export type Reachability = z.infer<typeof Reachability>

/** Why something that was asked for is not done; the interface says what to do instead. */
export const RefusalReason = z.enum([
  'invalid',
  'not_allowed',
  'not_configured',
  'busy',
  'number_unusable',
  'microphone',
  'not_registered',
  /** Another card's call has no result yet. */
  'unsaved_result',
  'nothing_to_save',
  /** Nobody calls this client any more. */
  'stop_listed',
  /** The campaign's repeat limit: it may be called again, but not yet. */
  'too_soon',
  /** The pass has its final result, and its next contact has not come. */
  'pass_closed',
  /** It is not settled in which campaign this card is called. */
  'campaign_unsettled',
  'gone',
  'internal',
])
export type RefusalReason = z.infer<typeof RefusalReason>

/**
 * Everything the panel shows, sent whole whenever something changes. The panel keeps nothing
 * but what is being typed; it can be torn down and built again at any moment.
 */
export const PanelState = z.strictObject({
  language: Language,
  theme: z.enum(['system', 'light', 'dark']),
  layout: PanelLayout,
  operator: Operator.nullable(),
  portal: Reachability,
  relay: Reachability,
  /** Why the signed-in account does not get to Bitrix24; null = it does, or a webhook is used. */
  account: AccountTrouble.nullable(),
  softphone: SoftphoneSnapshot,
  /** The campaign of the card in hand; null while it is not settled. */
  campaign: Campaign.nullable(),
  leadCampaign: LeadCampaign,
  campaignTrouble: CampaignTrouble.nullable(),
  /** Null without a relay: then the results of the card alone say who is barred. */
  stopList: StopListState.nullable(),
  /** What of it is about the card in hand. */
  stops: z.array(CardStop),
  /** The card in hand: the one with a call or an unsaved result, else the one on top. */
  card: CardState.nullable(),
  /** A card that lies open over the one in hand. */
  otherCard: CardSnapshot.nullable(),
  draft: AttemptDraft.nullable(),
  /** The last result saved for this card by this browser, until the next attempt begins. */
  ledger: Ledger.nullable(),
  /** Effects of all cards that are not delivered yet. */
  undelivered: z.int().nonnegative(),
  /** When the operator has promised callbacks already. */
  taken: z.array(Instant),
  /** Why the last click on a number in the page was not dialled; gone with the next success. */
  notice: RefusalReason.nullable(),
})
export type PanelState = z.infer<typeof PanelState>
