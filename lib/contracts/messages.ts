import { z } from 'zod'
import type { AccountState, PortalMoveOutcome, SignInProgress } from './account.ts'
import { DraftInput } from './attempt.ts'
import { Campaign, CampaignId, CampaignRef } from './campaign.ts'
import { CardRef, CardSnapshot } from './card.ts'
import { Origin } from './common.ts'
import type { Decision, Violation } from './outcome.ts'
import { PanelState, type RefusalReason } from './panel.ts'
import { PanelLayout, Settings } from './settings.ts'
import { AudioLevels, DialRequest, Microphone, SipAccount, SoftphoneSnapshot } from './softphone.ts'

/**
 * Every message between the extension's contexts: `owner.verb`, where the owner is the context
 * that answers. Requests go by `runtime.sendMessage`; what flows goes by ports (below).
 * Content scripts can't afford zod: they send, the background validates.
 */
export const Messages = {
  // Content script of the top frame → background.
  /** A nonce for one panel frame of this tab; the panel shows nothing without it. */
  'panel.ticket': z.strictObject({}),
  /** The operator clicked a number in a card; null = in the one on top of the tab. */
  'phone.clicked': z.strictObject({ number: z.string().max(64), card: CardRef.nullable() }),

  // Panel → background.
  'call.start': z.strictObject({ card: CardRef, number: z.string().max(64) }),
  'call.hangUp': z.strictObject({}),
  'call.mute': z.strictObject({ on: z.boolean() }),
  'call.hold': z.strictObject({ on: z.boolean() }),
  'call.sendDigits': z.strictObject({ digits: z.string().regex(/^[0-9*#]{1,32}$/) }),
  'draft.change': z.strictObject({
    card: CardRef,
    revision: z.int().nonnegative(),
    input: DraftInput,
  }),
  'result.save': z.strictObject({ card: CardRef, attemptId: z.uuid() }),
  /** Ends an attempt to which no outcome can be given any more. */
  'draft.close': z.strictObject({ card: CardRef, attemptId: z.uuid() }),
  'effect.retry': z.strictObject({ effectId: z.string() }),
  'campaign.choose': z.strictObject({ card: CardRef, campaign: CampaignId }),
  'card.reload': z.strictObject({ card: CardRef }),
  'layout.change': z.strictObject({ layout: PanelLayout }),
  'microphone.request': z.strictObject({}),
  'options.open': z.strictObject({}),
  /** Is the account let in again? Asked by the panel and by the options page. */
  'account.check': z.strictObject({}),

  // Options page → background.
  'settings.read': z.strictObject({}),
  'settings.save': z.strictObject({ settings: Settings }),
  /** Asks each of portal, relay and SIP server whether it knows us; saves nothing. */
  'settings.check': z.strictObject({ settings: Settings }),
  /** Trades a pairing code for a token, and keeps both address and token. */
  'relay.pair': z.strictObject({ address: z.url(), code: z.string().min(1).max(32) }),
  /** Begins a sign-in at a relay and opens Bitrix24's page in a tab. */
  'signIn.begin': z.strictObject({ address: z.url() }),
  /** Waits a while for the person; `done` and `failed` are told once. */
  'signIn.wait': z.strictObject({}),
  'signIn.cancel': z.strictObject({}),
  'account.read': z.strictObject({}),
  'account.signOut': z.strictObject({}),
  /** Tells the relay that the portal's new address is right; administrators only. */
  'account.agreeToMove': z.strictObject({ origin: Origin }),
  /** Works at the address that was agreed to. */
  'account.follow': z.strictObject({}),

  // Background → softphone.
  'softphone.configure': z.strictObject({ account: SipAccount.nullable() }),
  'softphone.dial': DialRequest,
  'softphone.hangUp': z.strictObject({}),
  'softphone.mute': z.strictObject({ on: z.boolean() }),
  'softphone.hold': z.strictObject({ on: z.boolean() }),
  'softphone.sendDigits': z.strictObject({ digits: z.string().regex(/^[0-9*#]{1,32}$/) }),
  'softphone.snapshot': z.strictObject({}),
  /** The microphone page tells that permission changed. */
  'softphone.microphone': z.strictObject({ state: Microphone }),
} as const
export type MessageName = keyof typeof Messages

export type Reply<T = null> =
  | { ok: true; value: T }
  | { ok: false; reason: RefusalReason; detail?: string }

export type SaveReply =
  | { ok: true; value: { attemptId: string; decision: Decision } }
  | { ok: false; reason: RefusalReason | 'violations'; violations?: Violation[]; detail?: string }

export type CheckReply = Reply<{
  portal: CheckResult
  relay: CheckResult
  sip: CheckResult
}>
/** `detail` is for people, already without secrets. */
export type CheckResult = { state: 'ok' | 'failed' | 'skipped'; detail: string }

/** What became of a pairing code; the token is for the options page alone. */
export type PairingOutcome =
  | { state: 'paired'; token: string; name: string }
  | { state: 'unknown' | 'used' | 'expired' | 'limit' | 'away' }

/** What each message is answered with; the rest answer `Reply`. */
export interface Answers {
  'panel.ticket': Reply<{ nonce: string; layout: PanelLayout }>
  'result.save': SaveReply
  'settings.read': Reply<Settings>
  'settings.check': CheckReply
  'relay.pair': Reply<PairingOutcome>
  'signIn.begin': Reply<SignInProgress>
  'signIn.wait': Reply<SignInProgress>
  'account.read': Reply<AccountState>
  'account.check': Reply<AccountState>
  'account.agreeToMove': Reply<PortalMoveOutcome>
  'softphone.snapshot': Reply<SoftphoneSnapshot>
}
export type AnswerOf<K extends MessageName> = K extends keyof Answers ? Answers[K] : Reply

/** Names of ports and what flows through them. A port that closes means its context is gone. */
export const PORTS = { card: 'card', panel: 'panel', softphone: 'softphone' } as const

/** card.content (one port a frame of the portal) → background. */
export const CardPortMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('card.opened'), snapshot: CardSnapshot }),
])
export type CardPortMessage = z.infer<typeof CardPortMessage>

/** background → card.content: what its frame has to know. Unvalidated there; keep it flat. */
export interface PageOrders {
  type: 'page.orders'
  /** Clicks on phone numbers in a card are ours; otherwise Bitrix24 dials. */
  takesCalls: boolean
  /** A card is open in this tab: a call that Bitrix24's page wants to place is for it. */
  hasCard: boolean
  /** Whether the panel is seen in this tab: whole, as a rail, or not at all. */
  presence: 'panel' | 'rail' | 'hidden'
  layout: PanelLayout
}

/** panel → background. */
export const PanelHello = z.strictObject({ type: z.literal('panel.hello'), nonce: z.string() })
export type PanelHello = z.infer<typeof PanelHello>

/** A state on its way to the panel: its campaign was told before, and is only named. */
export const ToldPanelState = PanelState.extend({ campaign: CampaignRef.nullable() })
export type ToldPanelState = z.infer<typeof ToldPanelState>

/** background → panel. Of all that the panel is told, only campaigns are large, and they seldom change. */
export const PanelPortMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('panel.campaign'), campaign: Campaign }),
  z.strictObject({ type: z.literal('panel.state'), state: ToldPanelState }),
  z.strictObject({ type: z.literal('panel.levels'), levels: AudioLevels }),
  z.strictObject({ type: z.literal('panel.refused') }),
])
export type PanelPortMessage = z.infer<typeof PanelPortMessage>

/** softphone → background. */
export const SoftphonePortMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('softphone.changed'), snapshot: SoftphoneSnapshot }),
  z.strictObject({ type: z.literal('softphone.levels'), levels: AudioLevels }),
])
export type SoftphonePortMessage = z.infer<typeof SoftphonePortMessage>
