import { expect, it } from 'vitest'
import { FaultQueue, parseFault } from './faults.ts'

it.each([
  ['before', { kind: 'before' }],
  ['half-answer:crm.lead.add,nth=3', { kind: 'half-answer', method: 'crm.lead.add', nth: 3 }],
  ['delay,delay=50,times=2', { kind: 'delay', delayMs: 50, times: 2 }],
])('the fault %s', (text, expected) => {
  expect(parseFault(text)).toEqual(expected)
})

it.each(['nothing', 'before,nth=0', 'before,when=1'])('%s is no fault', (text) => {
  expect(() => parseFault(text)).toThrow(/^unknown fault/)
})

it('a fault hits the n-th request of its method, once', () => {
  const queue = new FaultQueue()
  queue.add({ kind: '502', method: 'profile', nth: 2 })
  const hits = ['profile', 'scope', 'Profile', 'profile'].map((name) => queue.take([name]) !== null)
  expect(hits).toEqual([false, false, true, false])
})
