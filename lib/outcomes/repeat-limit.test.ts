import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BaseRow, repeatProblems } from '../base-import/index.ts'
import type { AttemptRecord } from '../contracts/attempt.ts'
import type { RepeatLimit } from '../contracts/campaign.ts'
import { type CallBar, callBarOf } from './call-bar.ts'
import { campaignFixture, NOW } from './draft.fixture.ts'
import { recordFixture } from './record.fixture.ts'
import { repeatWaitOf } from './repeat-limit.ts'

const campaign = campaignFixture()
const DAY_MS = 86_400_000
const ago = (days: number) => new Date(Date.parse(NOW) - days * DAY_MS).toISOString()
const refused = (days: number, changes: Partial<AttemptRecord> = {}) =>
  recordFixture({
    kind: 'final',
    outcome: 'dm_refusal',
    grade: 'not_interested',
    at: ago(days),
    ...changes,
  })
const bySecretary = { outcome: 'secretary_refusal', grade: 'hypothetical' } as const

describe('no repeated processing', () => {
  test.each<[string, AttemptRecord[], CallBar | null]>([
    ['not interested yesterday', [refused(1)], 'too_soon'],
    ['not interested 179 days ago', [refused(179)], 'too_soon'],
    ['not interested 180 days ago', [refused(180)], null],
    ['stopped at the secretary 89 days ago', [refused(89, bySecretary)], 'too_soon'],
    ['stopped at the secretary 90 days ago', [refused(90, bySecretary)], null],
    [
      'another trade, the secretary said, 89 days ago',
      [refused(89, { outcome: 'off_profile_secretary', grade: 'wrong_target' })],
      'too_soon',
    ],
    [
      'a letter by the secretary, and its day has come',
      [refused(8, { outcome: 'email_sent_secretary', grade: 'hypothetical', nextContactAt: NOW })],
      null,
    ],
    ['a day named within the limit', [refused(10, { nextContactAt: ago(1) })], 'too_soon'],
    ['a day named after the limit', [refused(181, { nextContactAt: ago(-3) })], 'pass_closed'],
    ['an unanswered call since, in a new pass', [refused(181), recordFixture({ pass: 2 })], null],
    [
      'on the stop list, however long ago',
      [refused(999, { stopList: 'permanent' })],
      'stop_listed',
    ],
    ['a grade without a limit', [refused(999, { grade: 'client' })], 'pass_closed'],
  ])('%s', (_, history, bar) => {
    expect(callBarOf(campaign, { history, draft: null, now: NOW })).toBe(bar)
  })

  test('the day is counted by the campaign’s calendar', () => {
    const late = refused(0, { at: '2026-03-02T23:30:00+03:00' })
    expect(repeatWaitOf(campaign, [late])?.from).toBe('2026-08-29T00:00:00+03:00')
  })

  test('of two limits that fit the longer holds, whatever their order', () => {
    const limit = fc.record({
      by: fc.constant('grade' as const),
      grade: fc.constantFrom('not_interested' as const, 'client' as const),
      days: fc.integer({ min: 1, max: 400 }),
    })
    fc.assert(
      fc.property(fc.array(limit), (repeatLimits: RepeatLimit[]) => {
        const wait = repeatWaitOf({ ...campaign, repeatLimits }, [refused(0)])
        const days = repeatLimits.flatMap((one) =>
          one.by === 'grade' && one.grade === 'not_interested' ? [one.days] : [],
        )
        expect(wait?.limit.days ?? 0).toBe(Math.max(0, ...days))
      }),
    )
  })

  test('a base says which of its firms it is too early for, and until when', () => {
    const row = (n: number) => ({ row: n }) as BaseRow
    const historyOf = ({ row }: BaseRow) =>
      row === 2 ? [refused(1)] : row === 3 ? [refused(180)] : []
    expect(repeatProblems(campaign, [row(2), row(3), row(4)], { historyOf, now: NOW })).toEqual([
      { row: 2, kind: 'too_soon', detail: '2026-08-28T00:00:00+03:00' },
    ])
  })
})
