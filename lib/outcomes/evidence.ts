import type { CallFacts, DraftInput } from '../contracts/attempt.ts'
import type { ScriptMark } from '../contracts/campaign.ts'
import type { Instant } from '../contracts/common.ts'
import type { Evidence } from '../contracts/outcome.ts'

/** SIP answers that mean that nobody has this number (any more). */
const DEAD_NUMBER = new Set([404, 410, 484, 604])

/** What is known of an attempt: its calls, the marks of script and hand, what was typed. */
export interface AttemptFacts {
  calls: readonly CallFacts[]
  marks: readonly ScriptMark[]
  input: Pick<DraftInput, 'decisionMaker' | 'email'>
  /** The client's numbers, in E.164, to tell whether all of them are dead. */
  numbers: readonly string[]
  /** Ends the seconds of a call that is still up. */
  now: Instant
}

/** What phone and script prove together. Of several calls the best contact decides. */
export function evidenceOf({ calls, marks, input, numbers, now }: AttemptFacts): Evidence {
  const best = bestContact(calls, now)
  const has = (type: ScriptMark['type']) => marks.some((mark) => mark.type === type)
  return {
    direction: best?.call.direction ?? 'out',
    rangSeconds: best?.rangSeconds ?? 0,
    callSeconds: best?.callSeconds ?? 0,
    endedBy: best?.call.endedBy ?? 'us',
    spokeWith: spokeWith(marks),
    presentation: has('presentation'),
    objectionsRaised: countObjections(marks, ['objection_raised', 'objection_handled']),
    objectionsHandled: countObjections(marks, ['objection_handled']),
    longAbsence: has('long_absence'),
    nobodyReplaces: has('nobody_replaces'),
    allNumbersDead: areAllDead(calls, numbers),
    futurePossible: has('future_possible'),
    transferConnected: false,
    cardCorrected: false,
    preliminaryCallAgreed: has('preliminary_call_agreed'),
    confirmedAloud: has('confirmed_aloud'),
    email: input.email.trim() || null,
    decisionMaker: input.decisionMaker.trim() || null,
  }
}

/** A call with its seconds; both are 0 where the call never came that far. */
export interface MeasuredCall {
  call: CallFacts
  rangSeconds: number
  callSeconds: number
}

/** The call that reached furthest: the longest talk, else the longest ringing. */
export function bestContact(calls: readonly CallFacts[], now: Instant): MeasuredCall | null {
  let best: MeasuredCall | null = null
  for (const call of calls) {
    const measured = measure(call, now)
    if (best === null || isBetter(measured, best)) best = measured
  }
  return best
}

function measure(call: CallFacts, now: Instant): MeasuredCall {
  const end = call.endedAt ?? now
  return {
    call,
    rangSeconds: secondsBetween(call.ringingAt, call.answeredAt ?? end),
    callSeconds: secondsBetween(call.answeredAt, end),
  }
}

function isBetter(one: MeasuredCall, other: MeasuredCall): boolean {
  const [wasAnswered, wasOtherAnswered] = [one.call.answeredAt, other.call.answeredAt]
  if ((wasAnswered === null) !== (wasOtherAnswered === null)) return wasAnswered !== null
  return one.callSeconds === other.callSeconds
    ? one.rangSeconds > other.rangSeconds
    : one.callSeconds > other.callSeconds
}

/** Rounded, not cut: a timer of 60 s that stops the ringing may be read as 59.99 s. */
function secondsBetween(from: Instant | null, until: Instant): number {
  if (from === null) return 0
  return Math.max(0, Math.round((Date.parse(until) - Date.parse(from)) / 1000))
}

const CLOSENESS = { nobody: 0, other: 1, secretary: 1, dm: 2 } as const

function spokeWith(marks: readonly ScriptMark[]): Evidence['spokeWith'] {
  let closest: Evidence['spokeWith'] = 'nobody'
  for (const mark of marks) {
    if (mark.type === 'spoke_with' && CLOSENESS[mark.who] >= CLOSENESS[closest]) closest = mark.who
  }
  return closest
}

function countObjections(
  marks: readonly ScriptMark[],
  types: readonly ScriptMark['type'][],
): number {
  const objections = marks.flatMap((mark) =>
    'objection' in mark && types.includes(mark.type) ? [mark.objection] : [],
  )
  return new Set(objections).size
}

function areAllDead(calls: readonly CallFacts[], numbers: readonly string[]): boolean {
  const isDead = (number: string) =>
    calls.some(
      (call) =>
        call.number === number && call.sipStatus !== null && DEAD_NUMBER.has(call.sipStatus),
    )
  return numbers.length > 0 && numbers.every(isDead)
}
