import { readInstant, writeDate, writeTime } from '../callbacks/zoned-time.ts'
import { templateOf } from '../campaign/find.ts'
import type { Effect } from '../contracts/effect.ts'
import { isMobile } from '../phone-number/is-mobile.ts'
import type { EffectPlan } from './effect-plan.ts'

/** The relay takes variables of at most so many characters. */
const MAX_VARIABLE_LENGTH = 200

/** The campaign's messages of one channel after this outcome, in the client's language. */
export function messageEffect(channel: 'sms' | 'mail', plan: EffectPlan): Effect[] {
  const { campaign, decision, draft } = plan
  const { language } = draft.input.walk
  const to = channel === 'sms' ? mobileOf(plan) : addressOf(plan)
  if (to === null) return []
  return campaign.messages
    .filter(
      (message) =>
        message.outcome === decision.outcome &&
        message.channel === channel &&
        templateOf(campaign, message.template, language) !== null,
    )
    .map(({ template }) => ({
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

/** A mobile number that was called, else the card's first one. */
function mobileOf({ draft, card }: EffectPlan): string | null {
  const called = draft.calls.map(({ number }) => number)
  const inCard = card.phones.flatMap(({ e164 }) => (e164 === null ? [] : [e164]))
  return [...called, ...inCard].find(isMobile) ?? null
}

/** The address given in the talk, else the card's first one. */
function addressOf({ evidence, card }: EffectPlan): string | null {
  return evidence.email ?? card.emails?.[0] ?? null
}

/** Date and time are the client's own, where his zone is known: he reads them on his clock. */
function variablesOf({ campaign, card, decision, evidence, operator }: EffectPlan) {
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
