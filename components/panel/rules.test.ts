import { describe, expect, test } from 'vitest'
import type { AttemptRecord } from '../../lib/contracts/attempt.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { recordFixture } from '../../lib/outcomes/record.fixture.ts'
import { baseState, draftOf, NOW } from '../../test/gallery/sample-state.ts'
import { rules } from './rules.ts'
import { callObstacle } from './view.ts'

/** A card with these results, as the panel gets it. */
function stateWith(history: AttemptRecord[], part: Partial<PanelState> = {}): PanelState {
  const state = baseState('ru')
  return { ...state, card: state.card && { ...state.card, history }, ...part }
}
const obstacle = (state: PanelState) => callObstacle(state, rules.standing(state, NOW))
const at = (days: number) => new Date(NOW + days * 86_400_000).toISOString()

describe('whether the panel lets a card be called', () => {
  test.each([
    ['after an unanswered call', recordFixture(), null],
    ['on the stop list', recordFixture({ stopList: 'permanent' }), 'violation.stop_listed'],
    ['after a final result', recordFixture({ kind: 'final' }), 'advice.closed'],
    ['while the customer is asked', recordFixture({ kind: 'pending' }), 'advice.pending'],
    [
      'before the day of the next contact',
      recordFixture({ kind: 'final', nextContactAt: at(3) }),
      'advice.closed',
    ],
    [
      'from the day of the next contact on',
      recordFixture({ kind: 'final', nextContactAt: at(0) }),
      null,
    ],
  ] as const)('%s', (_, last, key) => {
    expect(obstacle(stateWith([last]))).toBe(key)
  })

  test('something typed does not make a closed pass callable', () => {
    const draft = { ...draftOf('ru', []), pass: 2 }
    expect(obstacle(stateWith([recordFixture({ kind: 'final' })], { draft }))).toBe('advice.closed')
  })
})
