import { describe, expect, test } from 'vitest'
import type { StoredEffect } from '../../lib/contracts/effect.ts'
import { ledgerOf, NOW } from '../../test/gallery/sample-state.ts'
import { effectText, headlineOf, messageDetailText, sharedReason } from './effect-text.ts'

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

describe('what the gateway said', () => {
  test.each([
    ['sms', { message: 'failed', detail: 'gateway_refused' }, 'after.detail.gateway_refused'],
    ['mail', { message: 'delivered', detail: 'mail_server' }, 'after.detail.mail_server'],
    ['sms', { message: 'failed', detail: 'a code of a newer relay' }, null],
    ['sms', { message: 'sent', detail: null }, null],
    ['comment', { message: null, detail: 'gateway_refused' }, null],
  ] as const)('%s %j adds %s', (type, fate, key) => {
    expect(messageDetailText(one(type, fate))).toBe(key)
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

  test('a message in doubt needs a person: nobody knows whether it was sent', () => {
    const doubt = { message: 'submitting', detail: 'in_doubt' } as const
    const inDoubt = effects((type) => (type === 'sms' ? doubt : {}))
    expect(headlineOf(inDoubt).key).toBe('after.savedRefused')
  })

  test('one reason that holds up everything is told once, a refusal never that way', () => {
    expect(sharedReason(effects(() => ({ state: 'waiting', reason: 'away' })))).toBe('away')
    expect(sharedReason(effects(() => ({ state: 'refused', reason: 'forbidden' })))).toBeNull()
    expect(sharedReason(effects(() => ({})))).toBeNull()
  })
})
