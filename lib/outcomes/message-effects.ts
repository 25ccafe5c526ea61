import { readInstant, writeDate, writeTime } from '../callbacks/zoned-time.ts'
import { templateOf } from '../campaign/find.ts'
import type { Effect } from '../contracts/effect.ts'
import { isMobile } from '../phone-number/is-mobile.ts'
import { stopsFor } from '../stop-list/card-stops.ts'
import type { EffectPlan } from './effect-plan.ts'

/** The relay takes variables of at most so many characters. */
const MAX_VARIABLE_LENGTH = 200

type Channel = 'sms' | 'mail'
export type MessagePlan = Omit<EffectPlan, 'hasRelay'>

/**
 * The campaign's messages of one channel after this outcome, in the client's language. They go to
 * the first address that the stop list leaves open, and to nobody when it bars them all.
 */
export function messageEffect(channel: Channel, plan: MessagePlan): Effect[] {
  const { draft } = plan
  const { language } = draft.input.walk
  const to = addressesOf(channel, plan).find((address) => !isBarred(address, channel, plan))
  if (to === undefined) return []
  return templatesOf(channel, plan).map((template) => ({
    type: channel,
    card: draft.card,
    attemptId: draft.attemptId,
    campaign: draft.campaign,
    template,
    language,
    to,
    variables: variablesOf(plan),
  }))
}

/** Whether a message that is due is not sent because the stop list bars everybody it could go to. */
export function isWithheld(channel: Channel, plan: MessagePlan): boolean {
  const isDue = plan.decision.effects.some(({ type }) => type === channel)
  if (!isDue || templatesOf(channel, plan).length === 0) return false
  const addresses = addressesOf(channel, plan)
  return addresses.length > 0 && addresses.every((address) => isBarred(address, channel, plan))
}

function templatesOf(channel: Channel, { campaign, decision, draft }: MessagePlan): string[] {
  return campaign.messages
    .filter(
      (message) =>
        message.outcome === decision.outcome &&
        message.channel === channel &&
        templateOf(campaign, message.template, draft.input.walk.language) !== null,
    )
    .map(({ template }) => template)
}

function isBarred(
  address: string,
  channel: Channel,
  { stops, savedAt: now }: MessagePlan,
): boolean {
  return stopsFor(stops, { address, channel, now }).length > 0
}

/** Whom a message could go to, the best first. */
function addressesOf(channel: Channel, { draft, card, evidence }: MessagePlan): string[] {
  // The address given in the talk is the one to use; the card's own stand in where there is none.
  if (channel === 'mail') return evidence.email === null ? (card.emails ?? []) : [evidence.email]
  const called = draft.calls.map(({ number }) => number)
  const inCard = card.phones.flatMap(({ e164 }) => (e164 === null ? [] : [e164]))
  return [...called, ...inCard].filter(isMobile)
}

/** Date and time are the client's own, where his zone is known: he reads them on his clock. */
function variablesOf({ campaign, card, decision, evidence, operator }: MessagePlan) {
  const zone = card.timeZone ?? campaign.timeZone
  const at = decision.nextContactAt ?? decision.meetingAt ?? decision.callbackAt
  const values: Record<string, string> = {
    contact: evidence.decisionMaker ?? card.contact ?? '',
    company: card.company ?? card.title,
    operator: operator.name,
    customer: campaign.customer.name,
    date: at === null ? '' : writeDate(zone, readInstant(at)),
    time: at === null ? '' : writeTime(zone, readInstant(at)),
  }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.slice(0, MAX_VARIABLE_LENGTH)]),
  )
}
