import { browser } from 'wxt/browser'
import type { AttemptDraft, CallFacts } from '../../lib/contracts/attempt.ts'
import { type CardRef, cardKey, isSameCard } from '../../lib/contracts/card.ts'
import { PORTS, type Reply, SoftphonePortMessage } from '../../lib/contracts/messages.ts'
import { type AudioLevels, OFF, type SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import { answer, askerOf, isOwnPage } from '../../lib/extension/answer.ts'
import { send } from '../../lib/extension/send.ts'
import { ensureSoftphone } from '../../lib/extension/softphone-host.ts'
import { callBarOf } from '../../lib/outcomes/call-bar.ts'
import { normalisePhone } from '../../lib/phone-number/normalise-phone.ts'
import { stopsFor } from '../../lib/stop-list/card-stops.ts'
import { phoneSubject } from '../../lib/stop-list/subject.ts'
import type { ActionLog } from './action-log.ts'
import { cardStops } from './card-stops.ts'
import type { Cards } from './cards.ts'
import type { Drafts } from './drafts.ts'
import { leadCampaignOf } from './lead-campaign.ts'
import type { StopList } from './stop-list.ts'
import { cardInHand, unsavedDraft } from './view.ts'
import type { Desk } from './world.ts'

/**
 * Calls: orders go from the panel (or a click in the page) to the softphone, facts come back over
 * its port and are written into the draft of the card that is called.
 */
export function serveCalls(
  desk: Desk,
  ready: Promise<void>,
  cards: Pick<Cards, 'settled'>,
  stopList: Pick<StopList, 'settled'>,
  drafts: Drafts,
  log: Pick<ActionLog, 'note'>,
  onLevels: (levels: AudioLevels) => void,
): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORTS.softphone || !isOwnPage(askerOf(port.sender))) return
    port.onMessage.addListener(async (message: unknown) => {
      const parsed = SoftphonePortMessage.safeParse(message)
      if (!parsed.success) return
      await ready
      if (parsed.data.type === 'softphone.levels') return onLevels(parsed.data.levels)
      await takeSnapshot(desk, drafts, parsed.data.snapshot)
    })
    port.onDisconnect.addListener(() => desk.set({ softphone: OFF }))
    void ready.then(() => send('softphone.configure', { account: desk.world.settings.sip }))
  })

  answer('call.start', async ({ card, number }) => {
    await ready
    const reply = await startCall(desk, cards, stopList, drafts, { card, number })
    noteBar(desk, log, { card, number }, reply)
    if (reply.ok) desk.set({ notice: null })
    return reply
  })
  answer('phone.clicked', async ({ card, number }, { tabId }) => {
    await ready
    // Call buttons that are no links call from the top frame, for the card that lies over it.
    const top =
      tabId === null ? null : (desk.world.frames.get(tabId)?.at(-1)?.snapshot.card ?? null)
    const target = card ?? top
    if (!target || target.portal !== desk.world.settings.portal?.origin) {
      return { ok: false, reason: 'not_allowed' }
    }
    const reply = await startCall(desk, cards, stopList, drafts, { card: target, number })
    noteBar(desk, log, { card: target, number }, reply)
    desk.set({ notice: reply.ok ? null : reply.reason })
    return reply
  })
  answer('call.hangUp', () => send('softphone.hangUp', {}))
  answer('call.mute', (order) => send('softphone.mute', order))
  answer('call.hold', (order) => send('softphone.hold', order))
  answer('call.sendDigits', (order) => send('softphone.sendDigits', order))
}

/**
 * Starts a call, or tells why not. What the panel shows as an obstacle is refused here as well: a
 * click in the card doesn't ask the panel, and a call without a possible result would hold up all
 * that comes after it.
 */
export async function startCall(
  desk: Desk,
  cards: Pick<Cards, 'settled'>,
  stopList: Pick<StopList, 'settled'>,
  drafts: Pick<Drafts, 'ensure'>,
  { card, number: raw }: { card: CardRef; number: string },
): Promise<Reply> {
  await cards.settled(card)
  const number = normalisePhone(raw)
  await stopList.settled(card, number.ok ? number.e164 : undefined)
  const { settings, softphone } = desk.world
  if (!settings.sip) return { ok: false, reason: 'not_configured' }
  if (softphone.call && softphone.call.state !== 'ended') return { ok: false, reason: 'busy' }
  const inHand = cardInHand(desk.world)
  if (inHand && !isSameCard(inHand, card)) return { ok: false, reason: 'unsaved_result' }
  const { campaign } = leadCampaignOf(desk.world, card)
  if (!campaign) return { ok: false, reason: 'campaign_unsettled' }
  if (!number.ok) return { ok: false, reason: 'number_unusable', detail: raw }

  const bar = callBarOf(campaign, {
    history: desk.world.cards.get(cardKey(card))?.history ?? [],
    draft: desk.world.drafts.get(cardKey(card)) ?? null,
    now: new Date().toISOString(),
  })
  if (bar) return { ok: false, reason: bar }
  if (stopOf(desk, card, number.e164)) return { ok: false, reason: 'stop_listed' }

  await drafts.ensure(card)
  await ensureSoftphone()
  return send('softphone.dial', {
    callId: crypto.randomUUID(),
    number: number.e164,
    card,
    waitSeconds: campaign.waitSeconds,
  })
}

/** The entry of the stop list that bars this number; a barred number bars no other one. */
function stopOf(desk: Desk, card: CardRef, number: string) {
  const { campaign } = leadCampaignOf(desk.world, card)
  const phone = phoneSubject(number)
  const more = phone.ok ? [phone.value] : []
  const stops = cardStops(desk.world, cardKey(card), campaign, more)
  const now = new Date().toISOString()
  return stopsFor(stops, { address: number, channel: 'call', now })[0] ?? null
}

/** A call that was wanted and is not placed, and a stop list that kept somebody from harm. */
function noteBar(
  desk: Desk,
  log: Pick<ActionLog, 'note'>,
  { card, number }: { card: CardRef; number: string },
  reply: Reply,
): void {
  if (reply.ok) return
  const { campaign } = leadCampaignOf(desk.world, card)
  const about = { card, campaign: campaign && { id: campaign.id, version: campaign.version } }
  if (reply.reason === 'stop_listed') {
    const scope = stopOf(desk, card, number)?.entry.scope.kind ?? 'card'
    log.note({ kind: 'stop_list.hit', channel: 'call', scope }, about)
  } else {
    log.note({ kind: 'call.barred', reason: reply.reason }, about)
  }
}

async function takeSnapshot(
  desk: Desk,
  drafts: Drafts,
  snapshot: SoftphoneSnapshot,
): Promise<void> {
  desk.set({ softphone: snapshot })
  const { call } = snapshot
  if (call?.card) await drafts.noteCall(call.card, call.facts)
  await closeLostCalls(desk, drafts, call?.facts.callId ?? null)
}

/** A call that the softphone no longer knows ended with its context: the browser was closed, say. */
async function closeLostCalls(
  desk: Desk,
  drafts: Drafts,
  runningCallId: string | null,
): Promise<void> {
  const draft = unsavedDraft(desk.world)
  const lost = draft?.calls.find(({ endedAt, callId }) => !endedAt && callId !== runningCallId)
  if (!draft || !lost) return
  await drafts.noteCall(draft.card, endedWithItsContext(lost))
}

function endedWithItsContext(call: CallFacts): CallFacts {
  const lastKnown = call.answeredAt ?? call.ringingAt ?? call.startedAt
  return { ...call, endedAt: lastKnown, endedBy: 'network' }
}

/** Whether this draft's card is the one being called right now. */
export function isCalling(desk: Desk, draft: AttemptDraft): boolean {
  const { call } = desk.world.softphone
  return call !== null && call.state !== 'ended' && isSameCard(call.card, draft.card)
}

/** The key under which a card's draft is found. */
export const draftKey = cardKey
