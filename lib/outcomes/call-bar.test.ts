import { describe, expect, test } from 'vitest'
import type { AttemptRecord } from '../contracts/attempt.ts'
import { type CallBar, callBarOf } from './call-bar.ts'
import { closingNote } from './closing-note.ts'
import {
  callFixture,
  campaignFixture,
  cardFixture,
  draftFixture,
  inputFixture,
  NOW,
  OPERATOR,
} from './draft.fixture.ts'
import { offersOf, resultBarOf } from './offers.ts'
import { nextPass, situationOf } from './proposal.ts'
import { recordFixture } from './record.fixture.ts'

const campaign = campaignFixture()
const final = (changes: Partial<AttemptRecord> = {}) => recordFixture({ kind: 'final', ...changes })

const CASES: readonly (readonly [string, AttemptRecord[], CallBar | null])[] = [
  ['nobody has called yet', [], null],
  ['attempts are left', [recordFixture()], null],
  ['the line was busy', [recordFixture({ kind: 'technical', outcome: 'line_busy' })], null],
  ['the client is on the stop list', [recordFixture({ stopList: 'permanent' })], 'stop_listed'],
  ['a person must look first', [recordFixture({ stopList: 'until_reviewed' })], 'stop_listed'],
  [
    'the stop list outlives a named day',
    [final({ stopList: 'permanent', nextContactAt: NOW })],
    'stop_listed',
  ],
  ['a final result names no day', [final()], 'pass_closed'],
  ['its day has not come', [final({ nextContactAt: '2026-03-03T00:10:00+03:00' })], 'pass_closed'],
  [
    'its day has come, though not the hour',
    [final({ nextContactAt: '2026-03-02T19:00:00+03:00' })],
    null,
  ],
  ['its day is over', [final({ nextContactAt: '2026-02-20T12:00:00+03:00' })], null],
  ['the day of the meeting has come', [final({ meetingAt: '2026-03-02T15:00:00+03:00' })], null],
  [
    'the customer has not answered',
    [recordFixture({ kind: 'pending', nextContactAt: NOW })],
    'pass_closed',
  ],
  ['the next pass has begun', [final(), recordFixture({ pass: 2 })], null],
  ['the next pass is over as well', [final(), final({ pass: 2 })], 'pass_closed'],
]

describe('whether a card may be called', () => {
  test.each(CASES)('%s', (_, history, bar) => {
    expect(callBarOf(campaign, { history, draft: null, now: NOW })).toBe(bar)
  })

  test.each(CASES)('%s: what may be called can get a result', (_, history, bar) => {
    const draft = draftFixture({ pass: nextPass(history) })
    const surroundings = { card: cardFixture(), history, taken: [], now: NOW }
    const offers = offersOf(campaign, situationOf(campaign, draft, surroundings))
    if (bar === null) expect(resultBarOf(offers)).toBeNull()
  })

  test('the day is that of the campaign’s calendar', () => {
    const history = [final({ nextContactAt: '2026-03-02T22:30:00+00:00' })]
    const question = { history, draft: null, now: '2026-03-02T21:30:00+00:00' }
    expect(callBarOf(campaign, question)).toBeNull()
    expect(callBarOf({ repeatLimits: [], timeZone: 'Europe/Kyiv' }, question)).toBe('pass_closed')
  })

  test('something typed opens no pass that is closed', () => {
    const draft = draftFixture({ calls: [], pass: 2 })
    expect(callBarOf(campaign, { history: [final()], draft, now: NOW })).toBe('pass_closed')
  })

  test('an attempt in hand may be called again, whatever earlier passes were', () => {
    const draft = draftFixture({ pass: 2 })
    expect(callBarOf(campaign, { history: [final()], draft, now: NOW })).toBeNull()
  })

  test('but not once somebody else has ended its pass', () => {
    const history = [final({ nextContactAt: NOW })]
    expect(callBarOf(campaign, { history, draft: draftFixture(), now: NOW })).toBe('pass_closed')
  })
})

describe('an attempt that can’t get any result', () => {
  const barOf = (history: AttemptRecord[], draft = draftFixture()) => {
    const surroundings = { card: cardFixture(), history, taken: [], now: NOW }
    return resultBarOf(offersOf(campaign, situationOf(campaign, draft, surroundings)))
  }

  test.each([
    ['stop_listed', [final({ pass: 2, stopList: 'permanent' })]],
    ['pass_closed', [final()]],
    ['pass_closed', [recordFixture({ kind: 'pending' })]],
  ] as const)('is told by the rules themselves: %s', (bar, history) => {
    expect(barOf([...history])).toBe(bar)
  })

  test('there is none while a single outcome could be saved', () => {
    const hungUpAtOnce = callFixture({ endedAt: '2026-03-02T10:15:03+03:00' })
    expect(barOf([recordFixture()], draftFixture({ calls: [hungUpAtOnce] }))).toBeNull()
    expect(resultBarOf([])).toBeNull()
  })

  test('leaves its calls and the typed words in the timeline', () => {
    const input = inputFixture({ note: ' просила не звонить ' })
    const draft = draftFixture({ input })
    expect(closingNote(campaign, draft, OPERATOR, 'stop_listed')).toEqual([
      {
        type: 'comment',
        card: draft.card,
        attemptId: draft.attemptId,
        text: [
          'Звонок без результата: клиент уже в стоп-листе',
          '02.03.2026 10:15, +7 495 123-00-01',
          'Анна Белова',
          'просила не звонить',
        ].join('\n'),
      },
    ])
  })

  test('leaves nothing where nothing was dialled', () => {
    const draft = draftFixture({ calls: [] })
    expect(closingNote(campaign, draft, OPERATOR, 'pass_closed')).toEqual([])
  })
})
