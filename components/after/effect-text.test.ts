import { describe, expect, test } from 'vitest'
import type { StoredEffect } from '../../lib/contracts/effect.ts'
import { ledgerOf, NOW } from '../../test/gallery/sample-state.ts'
import { effectText, headlineOf, sharedReason } from './effect-text.ts'

const effects = (fate: (type: string) => Partial<StoredEffect>) => ledgerOf('ru', fate).effects
const one = (type: 'sms' | 'mail' | 'comment', fate: Partial<StoredEffect>) =>
  effects(() => fate).filter(({ effect }) => effect.type === type)[0] as StoredEffect

describe('the fate of an effect in words', () => {
  test.each([
    ['comment', { state: 'done' }, 'after.state.done'],
    ['comment', { state: 'doubt' }, 'after.state.doubt'],
    ['sms', { state: 'waiting', dueAt: NOW + 1 }, 'after.state.waitingUntil'],
    ['sms', { state: 'waiting', reason: 'away', dueAt: NOW + 1 }, 'after.state.waiting'],
    ['sms', { state: 'done', message: 'delivered' }, 'after.message.delivered'],
    ['mail', { state: 'done', message: 'delivered' }, 'after.message.deliveredMail'],
    ['mail', { state: 'done', message: 'failed' }, 'after.message.failed'],
  ] as const)('%s %j is %s', (type, fate, key) => {
    expect(effectText(one(type, fate), NOW)).toBe(key)
  })
})

describe('how the whole result stands', () => {
  test('all written and delivered', () => {
    expect(headlineOf(effects(() => ({}))).key).toBe('after.savedAllDone')
  })

  test('a message that failed at the relay needs a person, as a refused write does', () => {
    const failed = effects((type) => (type === 'sms' ? { message: 'failed' } : {}))
    expect(headlineOf(failed).key).toBe('after.savedRefused')
    const refused = effects((type) => (type === 'fields' ? { state: 'refused' } : {}))
    expect(headlineOf(refused).key).toBe('after.savedRefused')
  })

  test('one reason that holds up everything is told once, a refusal never that way', () => {
    expect(sharedReason(effects(() => ({ state: 'waiting', reason: 'away' })))).toBe('away')
    expect(sharedReason(effects(() => ({ state: 'refused', reason: 'forbidden' })))).toBeNull()
    expect(sharedReason(effects(() => ({})))).toBeNull()
  })
})
