import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CardStop } from '../contracts/panel-stop-list.ts'
import {
  ContactChannel,
  type StopEntry,
  StopListCopy,
  type StopListCopyEntry,
  type StopSubject,
} from '../contracts/relay-stop-list.ts'
import { callFixture, cardFixture, draftFixture, NOW } from '../outcomes/draft.fixture.ts'
import { keyOf, stopListOfCalls, stopsFor, subjectsOf } from './card-stops.ts'
import { type StopQuestion, stopsOf } from './check.ts'
import { type KnownStops, markOf, stopsInCopy, withCopy } from './copy.ts'
import { saltedHash } from './salted-hash.ts'

const SALT = 'AAECAwQFBgcICQoLDA0ODw'
const phone = (n: number): StopSubject => ({ kind: 'phone', value: `+38067294500${n}` })
const firm: StopSubject = { kind: 'company', value: 'bitrix24:7' }

const entryOf = (id: string, subject: string, changes: Partial<StopListCopyEntry> = {}) =>
  ({
    id,
    subject,
    kind: 'phone',
    scope: { kind: 'global' },
    channel: 'all',
    term: { kind: 'permanent' },
    source: 'client',
    enteredAt: NOW,
    ...changes,
  }) satisfies StopListCopyEntry

test('a subject is hashed as the relay hashes it', async () => {
  const hmac = createHmac('sha256', Buffer.from(SALT, 'base64url')).update('phone:+380672945001')
  const expected = hmac.digest().subarray(0, 16).toString('base64url')
  expect(await markOf(phone(1), saltedHash(SALT))).toBe(expected)
  const copy = { version: 1, since: null, issuedAt: NOW, salt: SALT, removed: [] }
  const entries = [entryOf('00000000-0000-4000-8000-000000000001', expected)]
  expect(StopListCopy.safeParse({ ...copy, entries }).success).toBe(true)
})

const anyScope = fc.oneof(
  fc.constant({ kind: 'global' as const }),
  fc.record({ kind: fc.constantFrom('customer', 'campaign'), id: fc.constantFrom('a', 'b') }),
)
const anySubject = fc.oneof(fc.integer({ min: 0, max: 4 }).map(phone), fc.constant(firm))
const anyEntry: fc.Arbitrary<StopEntry> = fc.record({
  id: fc.uuid(),
  subject: anySubject,
  scope: anyScope,
  channel: fc.constantFrom(...ContactChannel.options, 'all' as const),
  term: fc.constantFrom<StopEntry['term']>(
    { kind: 'permanent' },
    { kind: 'until', until: NOW },
    { kind: 'until', until: '2027-01-01T00:00:00Z' },
  ),
  source: fc.constantFrom('client', 'regulator'),
  words: fc.constant(''),
  enteredAt: fc.constant(NOW),
  enteredBy: fc.constant('operator-1'),
  reversal: fc.constant(null),
})
const anyQuestion: fc.Arbitrary<StopQuestion> = fc.record({
  subjects: fc.array(anySubject),
  channel: fc.constantFrom(...ContactChannel.options),
  customerId: fc.constantFrom('a', 'b'),
  campaignId: fc.constantFrom('a', 'b'),
  now: fc.constant(NOW),
})

test('the copy bars just what the list bars', () => {
  fc.assert(
    fc.property(fc.array(anyEntry), anyQuestion, (entries, { subjects, ...circumstances }) => {
      const copied = entries.map((entry) => entryOf(entry.id, keyOf(entry.subject), rest(entry)))
      const marks = new Set(subjects.map(keyOf))
      const inCopy = stopsInCopy(copied, { ...circumstances, marks }).map(({ id }) => id)
      const inList = stopsOf(entries, { ...circumstances, subjects }).map(({ id }) => id)
      expect(inCopy).toEqual(inList)
    }),
  )
})
const rest = ({ scope, channel, term }: StopEntry) => ({ scope, channel, term })

describe('copies follow each other', () => {
  const at = (minute: number) => new Date(Date.parse(NOW) + minute * 60_000).toISOString()
  const copy = (changes: Partial<StopListCopy>): StopListCopy => ({
    ...{ version: 5, since: null, issuedAt: at(0), salt: SALT, entries: [], removed: [] },
    ...changes,
  })
  const known: KnownStops = {
    ...{ version: 5, salt: SALT, issuedAt: at(0) },
    entries: [entryOf('a', 'one'), entryOf('b', 'two')],
  }
  const ids = (result: ReturnType<typeof withCopy>) =>
    result.ok ? result.value.entries.map(({ id }) => id) : result.reason

  test.each<[string, Partial<StopListCopy>, unknown]>([
    [
      'a change adds and takes away',
      { since: 5, version: 6, removed: ['a'], entries: [entryOf('c', 'x')] },
      ['b', 'c'],
    ],
    [
      'an entry that changed stands once',
      { since: 5, version: 6, entries: [entryOf('a', 'x')] },
      ['b', 'a'],
    ],
    [
      'one added and reversed since is not there',
      { since: 5, version: 7, removed: ['c'], entries: [entryOf('c', 'x')] },
      ['a', 'b'],
    ],
    ['a whole one replaces all', { entries: [entryOf('c', 'x')] }, ['c']],
    [
      'a new salt begins a whole one',
      { salt: 'BBECAwQFBgcICQoLDA0ODw', entries: [entryOf('c', 'x')] },
      ['c'],
    ],
    ['a change of another version', { since: 4, version: 6 }, 'gap'],
    ['a change by another salt', { since: 5, version: 6, salt: 'BBECAwQFBgcICQoLDA0ODw' }, 'gap'],
    ['an older one, given out again', { version: 4, issuedAt: at(-1) }, 'older'],
    ['the same version, signed whole earlier', { issuedAt: at(-1) }, []],
    ['that of a relay restored from a backup', { version: 2, issuedAt: at(1) }, []],
  ])('%s', (_, changes, expected) => {
    expect(ids(withCopy(known, copy(changes)))).toEqual(expected)
  })

  test('a change can’t be the first', () => {
    expect(withCopy(null, copy({ since: 5 }))).toEqual({ ok: false, reason: 'gap' })
  })
})

describe('a card', () => {
  const stop = (subject: StopSubject, changes: Partial<StopListCopyEntry> = {}): CardStop => ({
    subject,
    entry: entryOf('a', 'x', changes),
  })
  const asked = { address: phone(1).value, channel: 'call', now: NOW } as const

  test.each<[string, CardStop, boolean]>([
    ['a barred number is not called', stop(phone(1)), true],
    ['a barred number bars no other number', stop(phone(2)), false],
    ['a barred company bars all its numbers', stop(firm), true],
    ['what is barred for SMS may be called', stop(phone(1), { channel: 'sms' }), false],
    [
      'a term that is over bars nothing',
      stop(phone(1), { term: { kind: 'until', until: NOW } }),
      false,
    ],
  ])('%s', (_, one, isBarred) => {
    expect(stopsFor([one], asked).length > 0).toBe(isBarred)
  })

  test('is known by its numbers, addresses, company and what was typed and dialled', () => {
    const draft = draftFixture({ calls: [callFixture({ number: '+380672945009' })] })
    const typed = { ...draft, input: { ...draft.input, email: 'New@example.com' } }
    expect(subjectsOf({ ...cardFixture(), companyId: 7 }, typed).map(keyOf)).toEqual([
      'phone:+74951230001',
      'phone:+79161234567',
      'phone:+380672945009',
      'mail:office@example.com',
      'mail:new@example.com',
      'company:bitrix24:7',
      'company:name:литейный двор',
    ])
  })

  test('gets no result of calls that went to barred numbers alone', () => {
    const called = (...numbers: number[]) => ({
      calls: numbers.map((n) => callFixture({ number: phone(n).value })),
    })
    const until = { kind: 'until_reviewed' } as const
    expect(stopListOfCalls([stop(phone(1), { term: until })], called(1), NOW)).toBe(
      'until_reviewed',
    )
    expect(stopListOfCalls([stop(phone(1))], called(1, 1), NOW)).toBe('permanent')
    expect(stopListOfCalls([stop(phone(1))], called(1, 2), NOW)).toBeNull()
    expect(stopListOfCalls([stop(phone(1))], called(), NOW)).toBeNull()
    const incoming = { calls: [callFixture({ direction: 'in', number: phone(1).value })] }
    expect(stopListOfCalls([stop(phone(1))], incoming, NOW)).toBeNull()
  })
})
