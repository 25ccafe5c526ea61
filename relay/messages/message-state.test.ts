import { describe, expect, it } from 'vitest'
import { MessageState } from '../../lib/contracts/effect.ts'
import { type MessageEvent, nextState } from './message-state.ts'

const EVENTS: MessageEvent[] = [
  'claimed',
  'accepted',
  'busy',
  'refused',
  'delivered',
  'undelivered',
  'rejected',
]

describe('the state of a message', () => {
  it.each<[MessageState, MessageEvent, MessageState]>([
    ['queued', 'claimed', 'submitting'],
    ['submitting', 'accepted', 'sent'],
    ['submitting', 'busy', 'queued'],
    ['submitting', 'refused', 'failed'],
    ['sent', 'delivered', 'delivered'],
    ['sent', 'undelivered', 'undelivered'],
    ['sent', 'rejected', 'failed'],
    // A report that is quicker than the answer, or that ends a doubt.
    ['submitting', 'delivered', 'delivered'],
  ])('%s, %s → %s', (state, event, next) => {
    expect(nextState(state, event)).toBe(next)
  })

  it('what is final stays, whatever comes late or twice', () => {
    for (const state of ['delivered', 'undelivered', 'failed'] as const) {
      for (const event of EVENTS) expect(nextState(state, event)).toBeNull()
    }
  })

  it('only a queued message can be claimed, so that none is submitted twice at once', () => {
    const claimable = MessageState.options.filter((state) => nextState(state, 'claimed') !== null)
    expect(claimable).toEqual(['queued'])
  })
})
