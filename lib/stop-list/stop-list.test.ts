import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ContactChannel, StopEntry, StopSubject } from '../contracts/relay-stop-list.ts'
import { type StopQuestion, stopsOf } from './check.ts'
import { companySubject, mailSubject, phoneSubject } from './subject.ts'

const NOW = '2026-03-04T10:00:00Z'
const phone = (value: string): StopSubject => ({ kind: 'phone', value })
const firm: StopSubject = { kind: 'company', value: 'edrpou:12345678' }

const question: StopQuestion = {
  subjects: [phone('+380672945001'), firm],
  channel: 'call',
  customerId: 'customer-1',
  campaignId: 'campaign-1',
  now: NOW,
}

const entry: StopEntry = StopEntry.parse({
  id: '00000000-0000-4000-8000-000000000001',
  subject: phone('+380672945001'),
  scope: { kind: 'global' },
  channel: 'all',
  term: { kind: 'permanent' },
  source: 'client',
  words: 'Видаліть наш номер',
  enteredAt: '2026-03-01T10:00:00Z',
  enteredBy: 'operator-1',
  reversal: null,
})

describe('An entry bars', () => {
  test.each<[string, Partial<StopEntry>, boolean]>([
    ['its own number', {}, true],
    ['no other number', { subject: phone('+380672945002') }, false],
    ['every number of its company', { subject: firm }, true],
    ['its own channel', { channel: 'call' }, true],
    ['no other channel', { channel: 'sms' }, false],
    ['its own customer', { scope: { kind: 'customer', id: 'customer-1' } }, true],
    ['no other customer', { scope: { kind: 'customer', id: 'customer-2' } }, false],
    ['its own campaign', { scope: { kind: 'campaign', id: 'campaign-1' } }, true],
    ['no other campaign', { scope: { kind: 'campaign', id: 'campaign-2' } }, false],
    ['until it is reviewed', { term: { kind: 'until_reviewed' } }, true],
    ['before its end', { term: { kind: 'until', until: '2026-03-04T13:00:00+02:00' } }, true],
    ['not from its end on', { term: { kind: 'until', until: '2026-03-04T12:00:00+02:00' } }, false],
    ['not once reversed', { reversal: { at: NOW, by: 'admin', reason: 'A slip' } }, false],
  ])('%s', (_, change, isBarred) => {
    expect(stopsOf([{ ...entry, ...change }], question).length > 0).toBe(isBarred)
  })
})

const anySubject = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map((n) => phone(`+38067294500${n}`)),
  fc.constant(firm),
)
const anyEntry: fc.Arbitrary<StopEntry> = fc.record({
  id: fc.uuid(),
  subject: anySubject,
  scope: fc.oneof(
    fc.constant({ kind: 'global' as const }),
    fc.record({ kind: fc.constantFrom('customer', 'campaign'), id: fc.constantFrom('a', 'b') }),
  ),
  channel: fc.constantFrom(...ContactChannel.options, 'all' as const),
  term: fc.constantFrom<StopEntry['term']>({ kind: 'permanent' }, { kind: 'until', until: NOW }),
  source: fc.constant(entry.source),
  words: fc.constant(''),
  enteredAt: fc.constant(NOW),
  enteredBy: fc.constant('operator-1'),
  reversal: fc.constantFrom(null, { at: NOW, by: 'admin', reason: 'A slip' }),
})
const anyQuestion: fc.Arbitrary<StopQuestion> = fc.record({
  subjects: fc.array(anySubject),
  channel: fc.constantFrom(...ContactChannel.options),
  customerId: fc.constantFrom('a', 'b'),
  campaignId: fc.constantFrom('a', 'b'),
  now: fc.constant(NOW),
})

test('another entry never lifts a bar', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), anyEntry, anyQuestion, (entries, added, asked) => {
      expect(stopsOf([...entries, added], asked)).toEqual(
        expect.arrayContaining(stopsOf(entries, asked)),
      )
    }),
  )
})

test('only an entry about one of the subjects asked for bars', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), anyQuestion, (entries, asked) => {
      for (const stop of stopsOf(entries, asked))
        expect(asked.subjects).toContainEqual(stop.subject)
    }),
  )
})

describe('One subject, however it is written', () => {
  test.each(['+380672945001', '067 294-50-01', '8 (067) 294 50 01', '0672945001 доб. 12'])(
    'number %s',
    (raw) => {
      expect(phoneSubject(raw)).toEqual({ ok: true, value: phone('+380672945001') })
    },
  )

  test('address', () => {
    const value = { kind: 'mail', value: 'info@romashka.test' }
    expect(mailSubject(' Info@Romashka.TEST ')).toEqual({ ok: true, value })
  })

  test.each(['ТОВ «Ромашка»', 'Ромашка, ООО', 'РОМАШКА'])('company %s', (text) => {
    const value = { kind: 'company', value: 'name:ромашка' }
    expect(companySubject({ by: 'name', text })).toEqual({ ok: true, value })
  })

  test('what is read as a subject fits the contract', () => {
    const read = [
      companySubject({ by: 'bitrix24', id: 7 }),
      companySubject({ by: 'edrpou', text: '1234 5678' }),
      companySubject({ by: 'inn', text: '7707083893' }),
    ]
    for (const subject of read)
      expect(subject.ok && StopSubject.safeParse(subject.value).success).toBe(true)
  })
})

test.each([
  ['a cut number', phoneSubject('380672945')],
  ['no address', mailSubject('romashka.test')],
  ['an EDRPOU of seven digits', companySubject({ by: 'edrpou', text: '1234567' })],
  ['a legal form without a name', companySubject({ by: 'name', text: 'ТОВ' })],
  ['no id', companySubject({ by: 'bitrix24', id: 0 })],
])('%s is refused', (_, subject) => {
  expect(subject.ok).toBe(false)
})
