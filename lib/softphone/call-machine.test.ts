import { describe, expect, test } from 'vitest'
import { CallSnapshot, type DialRequest } from '../contracts/softphone.ts'
import {
  beginCall,
  type CallEffect,
  type CallEvent,
  type CallMachine,
  NO_PROGRESS_MS,
  step,
} from './call-machine.ts'

const START = Date.parse('2026-03-04T10:00:00Z')
const REQUEST: DialRequest = {
  callId: '0b7a6d5c-2f4e-4c1a-9d3b-8e7f6a5b4c3d',
  number: '+380672945123',
  card: null,
  waitSeconds: 60,
}
const at = (seconds: number) => START + seconds * 1000
const instant = (seconds: number) => new Date(at(seconds)).toISOString()

const rings = (seconds: number, hasEarlyMedia = false): CallEvent => ({
  type: 'progress',
  status: hasEarlyMedia ? 183 : 180,
  hasEarlyMedia,
  at: at(seconds),
})
const answers = (seconds: number): CallEvent => ({ type: 'accepted', at: at(seconds) })
const hangsUp = (seconds: number): CallEvent => ({ type: 'hang_up', at: at(seconds) })
const clock = (seconds: number): CallEvent => ({ type: 'clock', at: at(seconds) })

/** Runs events from the beginning; the effects are those of the last event. */
function run(...events: CallEvent[]): { state: CallMachine; effects: CallEffect[] } {
  return events.reduce((now, event) => step(now.state, event), beginCall(REQUEST, START))
}

describe('a call that nobody picks up', () => {
  test('is cancelled when it has rung for the whole wait, and ends as no answer by us', () => {
    const { state, effects } = run(rings(4), clock(64))
    expect(effects).toContainEqual({ type: 'cancel' })
    expect(state.call).toMatchObject({
      state: 'ended',
      end: 'no_answer',
      facts: { ringingAt: instant(4), answeredAt: null, endedAt: instant(64), endedBy: 'us' },
    })
  })

  test('waits from the first ringing, not from dialling, and later ringing changes nothing', () => {
    expect(run(rings(4)).effects).toContainEqual({ type: 'wake', at: at(64) })
    expect(run(rings(4), rings(9)).effects).toEqual([])
    expect(run(rings(4), rings(9)).state.deadlineAt).toBe(at(64))
  })

  test('goes on ringing when the timer fires too early, and the timer is set again', () => {
    const { state, effects } = run(rings(4), clock(63.9))
    expect(state.call.state).toBe('ringing')
    expect(effects).toEqual([{ type: 'wake', at: at(64) }])
  })

  test('which never even rings is given up as a failure of the network', () => {
    expect(beginCall(REQUEST, START).effects).toEqual([
      { type: 'wake', at: START + NO_PROGRESS_MS },
    ])
    const { state, effects } = run(clock(NO_PROGRESS_MS / 1000))
    expect(effects).toContainEqual({ type: 'cancel' })
    expect(state.call).toMatchObject({ state: 'ended', end: 'network' })
    expect(state.call.facts.endedBy).toBe('network')
  })

  test('hangs up at once should the answer cross our cancel', () => {
    const { state, effects } = run(rings(4), clock(64), answers(64.05))
    expect(effects).toEqual([{ type: 'bye' }])
    expect(state.call).toMatchObject({ state: 'ended', end: 'no_answer' })
  })
})

describe('a call that is answered', () => {
  test('is talking from then on, without a deadline', () => {
    const { state, effects } = run(rings(4), answers(10))
    expect(effects).toContainEqual({ type: 'wake', at: null })
    expect(state.call.state).toBe('talking')
    expect(state.call.facts.answeredAt).toBe(instant(10))
    expect(run(rings(4), answers(10), clock(500)).state.call.state).toBe('talking')
  })

  test('may be answered without ringing', () => {
    const { state } = run(answers(2))
    expect(state.call.facts).toMatchObject({ ringingAt: null, answeredAt: instant(2) })
  })

  test.each([
    ['the client hangs up', { type: 'terminated', by: 'client', at: at(90) }, 'client_hung_up'],
    ['the connection is gone', { type: 'terminated', by: 'network', at: at(90) }, 'network'],
    ['we hang up', hangsUp(90), 'hung_up'],
  ] as const)('ends when %s', (_, event, end) => {
    const { state } = run(rings(4), answers(10), event)
    expect(state.call).toMatchObject({ state: 'ended', end, facts: { endedAt: instant(90) } })
  })

  test('is muted and held only as long as it is up', () => {
    const up = run(answers(2), { type: 'muted', on: true, at: at(3) })
    expect(up.state.call.muted).toBe(true)
    const held = step(up.state, { type: 'held', on: true, at: at(4) })
    expect(held.state.call.held).toBe(true)
    expect(step(held.state, hangsUp(5)).state.call).toMatchObject({ muted: false, held: false })
  })
})

describe('hanging up', () => {
  test.each([
    ['dialling', [], 'cancel'],
    ['ringing', [rings(4)], 'cancel'],
    ['talking', [rings(4), answers(10)], 'bye'],
  ] as const)('while %s', (_, events, effect) => {
    const { state, effects } = run(...events, hangsUp(20))
    expect(effects).toContainEqual({ type: effect })
    expect(state.call).toMatchObject({ end: 'hung_up', facts: { endedBy: 'us' } })
  })

  test('twice is hanging up once', () => {
    const once = run(rings(4), hangsUp(20))
    expect(step(once.state, hangsUp(21))).toEqual({ state: once.state, effects: [] })
  })
})

describe('the ringing tone of our own', () => {
  test.each([
    ['plays while the network is silent', [rings(4)], { type: 'ringback', on: true }],
    ['stops at the answer', [rings(4), answers(9)], { type: 'ringback', on: false }],
    ['stops at the end', [rings(4), hangsUp(9)], { type: 'ringback', on: false }],
    ['gives way to early media', [rings(4), rings(5, true)], { type: 'ringback', on: false }],
  ] as const)('%s', (_, events, effect) => {
    expect(run(...events).effects).toContainEqual(effect)
  })

  test('never plays over early media', () => {
    expect(run(rings(4, true)).state.isRingback).toBe(false)
    expect(run(rings(4, true), rings(5)).state.isRingback).toBe(false)
  })
})

describe('a refused call', () => {
  test.each([
    [486, 'busy', 'client'],
    [600, 'busy', 'client'],
    [603, 'refused', 'client'],
    [404, 'number_unknown', 'network'],
    [484, 'number_unknown', 'network'],
    [604, 'number_unknown', 'network'],
    [480, 'unavailable', 'network'],
    [408, 'unavailable', 'network'],
    [407, 'not_registered', 'network'],
    [403, 'network', 'network'],
    [488, 'network', 'network'],
    [503, 'network', 'network'],
    [302, 'network', 'network'],
  ] as const)('with SIP status %i ends as %s by %s', (status, end, endedBy) => {
    const { state } = run({ type: 'rejected', status, at: at(6) })
    expect(state.call).toMatchObject({ state: 'ended', end, facts: { endedBy, sipStatus: status } })
  })

  test.each([
    [480, 'no_answer', 'network'],
    [408, 'no_answer', 'network'],
    [486, 'busy', 'client'],
    [503, 'network', 'network'],
  ] as const)('after ringing with %i ends as %s by %s (001-7)', (status, end, endedBy) => {
    const { state } = run(rings(4), { type: 'rejected', status, at: at(30) })
    expect(state.call).toMatchObject({ end, facts: { endedBy, ringingAt: instant(4) } })
  })

  test('keeps its reason whatever comes later', () => {
    const refused = run({ type: 'rejected', status: 486, at: at(6) })
    const later = step(refused.state, { type: 'terminated', by: 'network', at: at(7) })
    expect(later).toEqual({ state: refused.state, effects: [] })
  })
})

test('100 Trying is no ringing', () => {
  const trying = run({ type: 'progress', status: 100, hasEarlyMedia: false, at: at(1) })
  expect(trying.state.call).toMatchObject({ state: 'dialling', facts: { ringingAt: null } })
})

test('what the machine builds satisfies the contract', () => {
  for (const events of [[], [rings(4)], [rings(4), answers(9)], [rings(4), clock(64)]]) {
    expect(CallSnapshot.safeParse(run(...events).state.call).success).toBe(true)
  }
})
