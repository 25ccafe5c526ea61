import { describe, expect, test } from 'vitest'
import type { AttemptRecord, CallFacts } from '../contracts/attempt.ts'
import type { ScriptMark } from '../contracts/campaign.ts'
import { answer, newWalk } from '../script/walk.ts'
import { decide } from './decide.ts'
import {
  CARD,
  callFixture,
  campaignFixture,
  cardFixture,
  draftFixture,
  inputFixture,
  NOW,
  OPERATOR,
} from './draft.fixture.ts'
import { evidenceOf } from './evidence.ts'
import { offersOf } from './offers.ts'
import { nextPass, situationOf, stopListIn } from './proposal.ts'
import { proposeOutcome } from './propose.ts'
import { recordOf } from './record.ts'

const campaign = campaignFixture()
const script = campaign.scripts[0]
if (!script) throw new Error('the shipped campaign has no script')

/** Walks the shipped script by the ids of answers. */
const walked = (...answers: string[]) =>
  answers.reduce((walk, id) => answer(script, walk, id, NOW), newWalk('ru'))

const TALK: Partial<CallFacts> = {
  answeredAt: '2026-03-02T10:15:20.000+03:00',
  endedAt: '2026-03-02T10:18:20.400+03:00',
  sipStatus: null,
}
const surroundings = { card: cardFixture(), history: [], taken: [], now: NOW }

function evidence(calls: CallFacts[], marks: ScriptMark[] = [], numbers: string[] = []) {
  return evidenceOf({ calls, marks, input: inputFixture(), numbers, now: NOW })
}

describe('what the phone proves', () => {
  test('a timer of 60 s counts as 60 s, though the clock says 59.99', () => {
    expect(evidence([callFixture()])).toMatchObject({ rangSeconds: 60, callSeconds: 0 })
  })

  test('of several calls the best contact decides', () => {
    const busy = callFixture({ ringingAt: null, sipStatus: 486, endedBy: 'client' })
    const talk = callFixture({ ...TALK, endedBy: 'client' })
    expect(evidence([callFixture(), talk, busy])).toMatchObject({
      rangSeconds: 19,
      callSeconds: 180,
      endedBy: 'client',
    })
    expect(evidence([busy, callFixture()])).toMatchObject({ rangSeconds: 60, endedBy: 'us' })
  })

  test('a call that is still up has lasted until now', () => {
    expect(evidence([callFixture({ ...TALK, endedAt: null, endedBy: null })]).callSeconds).toBe(280)
  })

  test('all numbers are dead only when each of them was dialled and is', () => {
    const dead = callFixture({ ringingAt: null, sipStatus: 404, endedBy: 'network' })
    expect(evidence([dead], [], ['+74951230001']).allNumbersDead).toBe(true)
    expect(evidence([dead], [], ['+74951230001', '+79161234567']).allNumbersDead).toBe(false)
    expect(evidence([dead]).allNumbersDead).toBe(false)
  })

  test('the closest person counts, and each objection once', () => {
    expect(
      evidence(
        [],
        [
          { type: 'spoke_with', who: 'secretary' },
          { type: 'spoke_with', who: 'dm' },
          { type: 'spoke_with', who: 'other' },
          { type: 'objection_raised', objection: 'price' },
          { type: 'objection_handled', objection: 'price' },
          { type: 'objection_raised', objection: 'send_mail' },
        ],
      ),
    ).toMatchObject({ spokeWith: 'dm', objectionsRaised: 2, objectionsHandled: 1 })
  })
})

describe('which outcome is proposed', () => {
  test.each<[string, Partial<CallFacts>, string | null]>([
    ['nobody came in 60 s (001-7)', {}, 'no_answer'],
    ['still ringing after 60 s', { endedAt: null, endedBy: null, sipStatus: null }, 'no_answer'],
    ['hung up by us after 3 s', { endedAt: '2026-03-02T10:15:04+03:00' }, null],
    [
      'the network stopped the ringing',
      { endedAt: '2026-03-02T10:15:31+03:00', endedBy: 'network', sipStatus: 480 },
      'no_answer',
    ],
    ['busy', { ringingAt: null, endedBy: 'client', sipStatus: 486 }, 'line_busy'],
    [
      'no such number (001-26)',
      { ringingAt: null, endedBy: 'network', sipStatus: 404 },
      'connection_error',
    ],
    ['switched off', { ringingAt: null, endedBy: 'network', sipStatus: 480 }, 'no_answer'],
    [
      'silence without ringing, given up',
      { ringingAt: null, endedBy: 'network', sipStatus: 487 },
      'connection_error',
    ],
    [
      'the network is down',
      { ringingAt: null, endedBy: 'network', sipStatus: 503 },
      'connection_error',
    ],
    ['a talk that the script does not judge yet', TALK, null],
  ])('%s', (_, changes, outcome) => {
    const draft = draftFixture({ calls: [callFixture(changes)] })
    expect(proposeOutcome(campaign, draft, NOW)).toBe(outcome)
  })

  test('the last walked answer that proposes one wins', () => {
    const walk = walked('dm', 'lamps', 'interested', 'confirmed', 'done')
    const draft = draftFixture({ calls: [callFixture(TALK)], input: inputFixture({ walk }) })
    expect(proposeOutcome(campaign, draft, NOW)).toBe('awaiting_call')
  })

  test('nothing before the first call', () => {
    expect(proposeOutcome(campaign, draftFixture({ calls: [] }), NOW)).toBeNull()
  })
})

describe('from a draft to its result', () => {
  test.each([
    ['network', 480, true],
    ['network', 408, true],
    ['us', 487, false],
  ] as const)(
    '27 s of ringing ended by the %s (%i): НЕТ ОТВЕТА accepted %s (001-7)',
    (endedBy, sipStatus, accepted) => {
      const call = callFixture({ endedAt: '2026-03-02T10:15:28+03:00', endedBy, sipStatus })
      const input = inputFixture({ outcome: 'no_answer' })
      const situation = situationOf(campaign, draftFixture({ calls: [call], input }), surroundings)
      expect(decide(campaign, situation).accepted).toBe(accepted)
    },
  )

  test('a walked script is all the evidence that КЛИЕНТ ЖДЁТ ЗВОНКА needs (001-18)', () => {
    const input = inputFixture({
      outcome: 'awaiting_call',
      walk: walked(
        'secretary',
        'connected',
        'yes',
        'lamps',
        'objection',
        'mail_settled',
        'confirmed',
      ),
      decisionMaker: ' Пётр Ильич ',
      nextContactAt: '2026-03-03T14:30:00+03:00',
    })
    const draft = draftFixture({ calls: [callFixture(TALK)], input })
    expect(decide(campaign, situationOf(campaign, draft, surroundings))).toMatchObject({
      accepted: true,
      decision: { outcome: 'awaiting_call', grade: 'hot', kind: 'final' },
    })
  })

  test('the record tells which marks were added by hand', () => {
    const input = inputFixture({
      outcome: 'off_profile_dm',
      marksByHand: [{ type: 'spoke_with', who: 'dm' }],
    })
    const draft = draftFixture({ calls: [callFixture(TALK)], input })
    const situation = situationOf(campaign, draft, surroundings)
    const verdict = decide(campaign, situation)
    if (!verdict.accepted) throw new Error('refused')
    const record = recordOf({
      decision: verdict.decision,
      draft,
      evidence: situation.proposal.evidence,
      operator: OPERATOR,
      savedAt: NOW,
    })
    expect(record).toMatchObject({
      outcome: 'off_profile_dm',
      marksByHand: ['spoke_with:dm'],
      evidence: { spokeWith: 'dm' },
      operator: OPERATOR,
    })
  })

  test('with only the page’s snapshot, city and zone are unknown', () => {
    const { phones } = cardFixture()
    expect(
      situationOf(campaign, draftFixture(), { ...surroundings, card: { phones } }).lead,
    ).toEqual({ city: null, timeZone: null, stopList: null })
  })
})

describe('history of the card', () => {
  const entry = (changes: Partial<AttemptRecord>) => ({
    ...recordOf({
      decision: {
        outcome: 'call_back',
        cause: 'no_answer',
        kind: 'intermediate',
        attempt: 1,
        comment: 'Нет ответа 1',
        callbackAt: null,
        nextContactAt: null,
        meetingAt: null,
        grade: null,
        stopList: null,
        effects: [],
        warnings: [],
      },
      draft: draftFixture({ card: CARD }),
      evidence: evidence([]),
      operator: OPERATOR,
      savedAt: NOW,
    }),
    ...changes,
  })

  test('a final result ends the pass; one that waits for the customer does not', () => {
    expect(nextPass([])).toBe(1)
    expect(nextPass([entry({})])).toBe(1)
    expect(nextPass([entry({}), entry({ kind: 'final' })])).toBe(2)
    expect(nextPass([entry({ kind: 'final' }), entry({ pass: 2, kind: 'pending' })])).toBe(2)
  })

  test('permanent wins over until reviewed', () => {
    expect(stopListIn([entry({})])).toBeNull()
    expect(
      stopListIn([entry({ stopList: 'permanent' }), entry({ stopList: 'until_reviewed' })]),
    ).toBe('permanent')
  })
})

describe('the buttons of the panel', () => {
  test('are ready, lack only what is typed in, or are grey with their reason', () => {
    const situation = situationOf(campaign, draftFixture(), surroundings)
    const state = (outcome: string) =>
      offersOf(campaign, situation).find((offer) => offer.outcome === outcome)
    expect(state('no_answer')).toMatchObject({
      title: 'НЕТ ОТВЕТА',
      state: 'ready',
      violations: [],
    })
    expect(state('connection_error')?.state).toBe('incomplete')
    expect(state('call_back')?.state).toBe('incomplete')
    expect(state('awaiting_call')?.state).toBe('barred')
    expect(state('awaiting_call')?.violations.map(({ code }) => code)).toContain(
      'spoke_with_required',
    )
  })

  test('leave out what the campaign does not have', () => {
    const without = campaignFixture({ disabled: ['competitor'] })
    const offers = offersOf(without, situationOf(without, draftFixture(), surroundings))
    expect(offers).toHaveLength(22)
  })
})
