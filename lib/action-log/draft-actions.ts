import type { AttemptDraft, CallFacts, SavedAttempt } from '../contracts/attempt.ts'
import type { Instant } from '../contracts/common.ts'
import type { Action, ActionEvent, PersonalData } from '../contracts/relay-actions.ts'
import { actionIdOf } from './action-id.ts'

/** Something that a draft tells, under a name that no other thing has. */
interface Told {
  name: string
  at: Instant
  event: ActionEvent
  personal?: Partial<PersonalData>
}

/** The actions that a draft tells beyond what its earlier version told already. */
export async function newActionsOf(
  before: AttemptDraft | null,
  after: AttemptDraft,
  now: Instant,
): Promise<Action[]> {
  const known = new Set(before ? toldBy(before, now).map(({ name }) => name) : [])
  const fresh = toldBy(after, now).filter(({ name }) => !known.has(name))
  return Promise.all(fresh.map((told) => actionOf(after, told, 'person')))
}

/** The action that a saved result is; its comment is personal data. */
export function resultAction({ attemptId, card, savedAt, record }: SavedAttempt): Promise<Action> {
  const { outcome, cause, kind, pass, attempt, grade, stopList } = record
  const { callbackAt, nextContactAt, meetingAt } = record
  const event: ActionEvent = {
    kind: 'result.saved',
    ...{ outcome, cause, result: kind, pass, attempt, grade, stopList },
    ...{ callbackAt, nextContactAt, meetingAt },
  }
  const told = {
    name: `${attemptId}:result.saved`,
    at: savedAt,
    event,
    personal: { text: record.comment },
  }
  return actionOf({ attemptId, card, campaign: record.campaign }, told, 'person')
}

/** The end of an attempt to which no outcome could be given. */
export function closingAction(draft: AttemptDraft, reason: string, now: Instant): Promise<Action> {
  const event: ActionEvent = { kind: 'attempt.closed', reason }
  return actionOf(draft, { name: `${draft.attemptId}:attempt.closed`, at: now, event }, 'person')
}

function toldBy(draft: AttemptDraft, now: Instant): Told[] {
  return [...draft.calls.flatMap(toldByCall), ...toldByScript(draft, now)]
}

function toldByCall(call: CallFacts): Told[] {
  const { callId, direction, number, startedAt, ringingAt, answeredAt, endedAt } = call
  const same = { callId, direction }
  const personal = { phone: number }
  const at = (kind: string) => `${callId}:${kind}`
  const told: Told[] = [
    {
      name: at('call.started'),
      at: startedAt,
      event: { kind: 'call.started', ...same },
      personal,
    },
  ]
  if (ringingAt) {
    told.push({
      name: at('call.ringing'),
      at: ringingAt,
      event: { kind: 'call.ringing', ...same },
      personal,
    })
  }
  if (answeredAt) {
    told.push({
      name: at('call.answered'),
      at: answeredAt,
      event: { kind: 'call.answered', ...same },
      personal,
    })
  }
  if (endedAt) {
    const { endedBy, sipStatus } = call
    const times = { startedAt, ringingAt, answeredAt, endedAt }
    told.push({
      name: at('call.ended'),
      at: endedAt,
      event: { kind: 'call.ended', ...same, endedBy, sipStatus, ...times },
      personal,
    })
  }
  return told
}

function toldByScript({ attemptId, input }: AttemptDraft, now: Instant): Told[] {
  const steps = input.walk.answered.map(
    ({ step, answer, at }): Told => ({
      name: `${attemptId}:step:${step}:${answer}:${at}`,
      at,
      event: { kind: 'script.step', step, answer },
    }),
  )
  const objections = input.walk.objections.map(
    ({ objection, handled, at }): Told => ({
      name: `${attemptId}:objection:${objection}:${handled}:${at}`,
      at,
      event: { kind: 'script.objection', objection, isHandled: handled },
    }),
  )
  const marks = input.marksByHand.map(
    (mark): Told => ({
      name: `${attemptId}:mark:${JSON.stringify(mark)}`,
      at: now,
      event: { kind: 'script.mark_by_hand', mark },
    }),
  )
  return [...steps, ...objections, ...marks]
}

async function actionOf(
  { attemptId, card, campaign }: Pick<AttemptDraft, 'attemptId' | 'card' | 'campaign'>,
  { name, at, event, personal }: Told,
  by: Action['by'],
): Promise<Action> {
  const blank = { phone: null, email: null, text: null }
  return {
    id: await actionIdOf(name),
    ...{ at, by, campaign, card, attemptId, event },
    personal: personal ? { ...blank, ...personal } : null,
  }
}
