import { readInstant, writeDate, writeTime } from '../callbacks/zoned-time.ts'
import { outcomeTitle } from '../campaign/find.ts'
import type { CallFacts } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { OpenTodo } from '../contracts/card.ts'
import { type Instant, unreachable } from '../contracts/common.ts'
import type { Effect } from '../contracts/effect.ts'
import type { Decision, DecisionEffect } from '../contracts/outcome.ts'
import { formatPhone } from '../phone-number/format-phone.ts'
import { crmFieldsOf } from './crm-fields.ts'
import type { EffectPlan, KnownCard } from './effect-plan.ts'
import { EFFECT_WORDS, type EffectWords } from './effect-words.ts'
import { bestContact } from './evidence.ts'
import { messageEffect } from './message-effects.ts'
import { recordOf } from './record.ts'
import { stopEffect } from './stop-effect.ts'

/**
 * All that a saved result writes outside, made whole from the decision's list. A message that
 * nobody could receive (no mobile number, no address, no template, all on the stop list) is left out.
 */
export function planEffects(plan: EffectPlan): Effect[] {
  const effects = plan.decision.effects.flatMap(({ type }) => effectsOfType(type, plan))
  return [...effects, ...todosDone(plan), ...stopEffect(plan)]
}

function effectsOfType(type: DecisionEffect['type'], plan: EffectPlan): Effect[] {
  switch (type) {
    case 'call_record':
      return [callRecord(plan)]
    case 'comment':
      return [{ type, ...baseOf(plan), text: plan.decision.comment }]
    case 'fields':
      return [{ type, ...baseOf(plan), ...crmFieldsOf(plan.campaign, plan.decision) }]
    case 'todo':
      return todo(plan)
    case 'notification':
      return notification(plan)
    case 'sms':
    case 'mail':
      return messageEffect(type, plan)
    default:
      return unreachable(type)
  }
}

function callRecord(plan: EffectPlan): Effect {
  const { campaign, decision, evidence } = plan
  const title = outcomeTitle(campaign, decision.cause ?? decision.outcome)
  return {
    type: 'call_record',
    ...baseOf(plan),
    call: callOf(plan),
    subject: `${wordsOf(campaign).call[evidence.direction]}: ${title}`,
    record: recordOf(plan),
  }
}

/** A callback is the operator's own; whoever waits for the customer gets the sales rep. */
function todo(plan: EffectPlan): Effect[] {
  const { campaign, decision, operator, openTodos } = plan
  const deadline = dateOf(decision)
  if (deadline === null) return []
  const isCallback = decision.callbackAt !== null
  const responsibleId = isCallback ? operator.id : (campaign.salesRep?.userId ?? operator.id)
  if (openTodos.some((open) => saysTheSame(open, deadline, responsibleId))) return []
  return [
    {
      type: 'todo',
      ...baseOf(plan),
      title: `${wordsOf(campaign).todo[todoKind(decision)]}: ${nameOf(plan.card)}`,
      description: [decision.comment, ...contactLines(plan)].join('\n'),
      deadline,
      responsibleId,
    },
  ]
}

/** The callbacks that earlier results promised are over: their to-dos are completed. */
function todosDone(plan: EffectPlan): Effect[] {
  const { decision, operator, openTodos, history } = plan
  const promised = new Set(
    history.filter(({ callbackAt }) => callbackAt !== null).map(({ attemptId }) => attemptId),
  )
  const { callbackAt } = decision
  return openTodos
    .filter(({ attemptId }) => attemptId !== null && promised.has(attemptId))
    .filter((open) => callbackAt === null || !saysTheSame(open, callbackAt, operator.id))
    .map(({ id }) => ({ type: 'todo_done', ...baseOf(plan), todoId: id }))
}

function saysTheSame(open: OpenTodo, deadline: Instant, responsibleId: number): boolean {
  return (
    open.responsibleId === responsibleId &&
    open.deadline !== null &&
    readInstant(open.deadline) === readInstant(deadline)
  )
}

function todoKind({ callbackAt, meetingAt, outcome }: Decision): keyof EffectWords['todo'] {
  if (callbackAt !== null) return 'callback'
  if (meetingAt !== null) return 'meeting'
  return outcome === 'awaiting_call' ? 'awaiting_call' : 'next_contact'
}

/** Who, when, by which number: what the sales rep must know within five seconds. */
function notification(plan: EffectPlan): Effect[] {
  const { campaign, decision, operator } = plan
  if (campaign.salesRep === null) return []
  const words = wordsOf(campaign)
  const at = dateOf(decision)
  const lines = [
    `${outcomeTitle(campaign, decision.outcome)}: ${nameOf(plan.card)}`,
    ...(at === null ? [] : [`${words.when}: ${dayAndTime(campaign, at)}`]),
    ...contactLines(plan),
    decision.comment,
    `${words.arrangedBy}: ${operator.name}`,
  ]
  return [
    {
      type: 'notification',
      ...baseOf(plan),
      userId: campaign.salesRep.userId,
      text: lines.join('\n'),
    },
  ]
}

function contactLines({ campaign, evidence, card, ...plan }: EffectPlan): string[] {
  const words = wordsOf(campaign)
  const person = evidence.decisionMaker ?? card.contact
  const number = callOf(plan)?.number ?? card.phones.find(({ e164 }) => e164 !== null)?.e164
  return [
    ...(person === null ? [] : [`${words.who}: ${person}`]),
    ...(number === undefined || number === null ? [] : [`${words.phone}: ${formatPhone(number)}`]),
  ]
}

function baseOf({ draft }: EffectPlan) {
  return { card: draft.card, attemptId: draft.attemptId }
}

function callOf({ draft, savedAt }: Pick<EffectPlan, 'draft' | 'savedAt'>): CallFacts | null {
  return bestContact(draft.calls, savedAt)?.call ?? null
}

function wordsOf({ language }: Campaign): EffectWords {
  return EFFECT_WORDS[language]
}

/** The one date of a result, whichever it is. */
function dateOf({ callbackAt, nextContactAt, meetingAt }: Decision): Instant | null {
  return callbackAt ?? nextContactAt ?? meetingAt
}

function dayAndTime({ timeZone }: Campaign, at: Instant): string {
  const instant = readInstant(at)
  return `${writeDate(timeZone, instant)} ${writeTime(timeZone, instant)}`
}

function nameOf({ company, title }: KnownCard): string {
  return company ?? title
}
