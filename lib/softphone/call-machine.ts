import type { CallFacts } from '../contracts/attempt.ts'
import { unreachable } from '../contracts/common.ts'
import type { CallEnd, CallSnapshot, DialRequest } from '../contracts/softphone.ts'
import { causeOfStatus, type EndCause } from './sip-status.ts'

/**
 * One outgoing call as a pure machine. Time comes in with every event, effects go out as data.
 *
 *     dialling ──18x──▶ ringing ──200──▶ talking ──BYE, hang up──▶ ended
 *       │  │               │                ▲                        ▲
 *       │  └───────200─────┼────────────────┘                        │
 *       │                  ├─ waitSeconds over: CANCEL, no_answer ───┤
 *       │                  ├─ refused, hung up, connection gone ─────┤
 *       ├─ no 18x in 30 s: CANCEL, network ──────────────────────────┤
 *       └─ refused, hung up, connection gone ────────────────────────┘
 *
 * The wait is counted from the first ringing, since the client hears nothing before
 * (requirement 001-7: the operator waits a full minute before «НЕТ ОТВЕТА»).
 */
export interface CallMachine {
  readonly call: CallSnapshot
  /** When the present state has lasted too long, in epoch milliseconds; null = never. */
  readonly deadlineAt: number | null
  /** The operator hears our own ringing tone, since the network sends none. */
  readonly isRingback: boolean
}

/** `at` is epoch milliseconds. */
export type CallEvent = { at: number } & (
  | { type: 'progress'; status: number; hasEarlyMedia: boolean }
  | { type: 'accepted' }
  | { type: 'rejected'; status: number }
  | { type: 'terminated'; by: 'client' | 'network' }
  | { type: 'clock' }
  | { type: 'hang_up' }
  | { type: 'muted'; on: boolean }
  | { type: 'held'; on: boolean }
)

export type CallEffect =
  | { type: 'cancel' }
  | { type: 'bye' }
  | { type: 'ringback'; on: boolean }
  /** Send a `clock` event at this epoch millisecond; replaces any earlier one, null = none. */
  | { type: 'wake'; at: number | null }

export interface Step {
  state: CallMachine
  effects: CallEffect[]
}

/** Without any sign of ringing for so long the network has lost the call. */
export const NO_PROGRESS_MS = 30_000

/** The state of a call whose INVITE is about to be sent. */
export function beginCall(request: DialRequest, at: number): Step {
  const facts: CallFacts = {
    callId: request.callId,
    number: request.number,
    direction: 'out',
    startedAt: instant(at),
    ringingAt: null,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    sipStatus: null,
  }
  const call: CallSnapshot = {
    facts,
    card: request.card,
    state: 'dialling',
    waitSeconds: request.waitSeconds,
    muted: false,
    held: false,
    end: null,
  }
  const deadlineAt = at + NO_PROGRESS_MS
  return {
    state: { call, deadlineAt, isRingback: false },
    effects: [{ type: 'wake', at: deadlineAt }],
  }
}

/** What `event` makes of the call. Events that come too late change nothing. */
export function step(state: CallMachine, event: CallEvent): Step {
  if (state.call.state === 'ended') return afterTheEnd(state, event)
  switch (event.type) {
    case 'progress':
      return progress(state, event)
    case 'accepted':
      return accepted(state, event.at)
    case 'rejected':
      return end(state, event.at, causeOfStatus(event.status, hasRung(state)), [], event.status)
    case 'terminated':
      return end(state, event.at, {
        end: event.by === 'client' ? 'client_hung_up' : 'network',
        endedBy: event.by,
      })
    case 'clock':
      return clock(state, event.at)
    case 'hang_up':
      return end(state, event.at, ours('hung_up'), [
        { type: state.call.state === 'talking' ? 'bye' : 'cancel' },
      ])
    case 'muted':
      return { state: change(state, { muted: event.on }), effects: [] }
    case 'held':
      return { state: change(state, { held: event.on }), effects: [] }
    default:
      return unreachable(event)
  }
}

export function isUp(machine: CallMachine | null): machine is CallMachine {
  return machine !== null && machine.call.state !== 'ended'
}

function progress(state: CallMachine, event: CallEvent & { type: 'progress' }): Step {
  // 100 only says that the next hop has the INVITE.
  if (event.status < 180 || state.call.state === 'talking') return { state, effects: [] }
  const isRingback = !event.hasEarlyMedia && (state.isRingback || state.call.state === 'dialling')
  const effects: CallEffect[] = []
  if (isRingback !== state.isRingback) effects.push({ type: 'ringback', on: isRingback })
  if (state.call.state === 'ringing') return { state: { ...state, isRingback }, effects }

  const deadlineAt = event.at + state.call.waitSeconds * 1000
  effects.push({ type: 'wake', at: deadlineAt })
  const facts = { ...state.call.facts, ringingAt: instant(event.at) }
  return {
    state: { ...change(state, { state: 'ringing', facts }), deadlineAt, isRingback },
    effects,
  }
}

function accepted(state: CallMachine, at: number): Step {
  if (state.call.state === 'talking') return { state, effects: [] }
  const facts = { ...state.call.facts, answeredAt: instant(at) }
  return {
    state: { ...change(state, { state: 'talking', facts }), deadlineAt: null, isRingback: false },
    effects: [...silence(state), { type: 'wake', at: null }],
  }
}

function clock(state: CallMachine, at: number): Step {
  if (state.deadlineAt === null) return { state, effects: [] }
  // A timer may fire a little early; it is set again for the rest.
  if (at < state.deadlineAt) return { state, effects: [{ type: 'wake', at: state.deadlineAt }] }
  const cause: EndCause =
    state.call.state === 'ringing' ? ours('no_answer') : { end: 'network', endedBy: 'network' }
  return end(state, at, cause, [{ type: 'cancel' }])
}

/** The answer and our CANCEL may cross on the wire; then the client must not be left on the line. */
function afterTheEnd(state: CallMachine, event: CallEvent): Step {
  return { state, effects: event.type === 'accepted' ? [{ type: 'bye' }] : [] }
}

function end(
  state: CallMachine,
  at: number,
  { end, endedBy }: EndCause,
  effects: CallEffect[] = [],
  sipStatus: number | null = null,
): Step {
  const facts = { ...state.call.facts, endedAt: instant(at), endedBy, sipStatus }
  return {
    state: {
      call: { ...state.call, state: 'ended', held: false, muted: false, end, facts },
      deadlineAt: null,
      isRingback: false,
    },
    effects: [...effects, ...silence(state), { type: 'wake', at: null }],
  }
}

function hasRung({ call }: CallMachine): boolean {
  return call.facts.ringingAt !== null
}

function silence(state: CallMachine): CallEffect[] {
  return state.isRingback ? [{ type: 'ringback', on: false }] : []
}

function ours(end: CallEnd): EndCause {
  return { end, endedBy: 'us' }
}

function change(state: CallMachine, part: Partial<CallSnapshot>): CallMachine {
  return { ...state, call: { ...state.call, ...part } }
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
