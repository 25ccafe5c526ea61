import { expect, it } from 'vitest'
import { isIdleTooLong, judgeAccount } from './judge-account.ts'

const NOW = Date.parse('2026-03-05T12:00:00Z')
const SECOND = 1_000
const DAY = 24 * 60 * 60 * SECOND
const good = {
  expires_at: new Date(NOW + 3_000 * SECOND),
  ended: null,
  ended_at: null,
  offered_origin: null,
}
const endedBefore = (ms: number) => ({
  ...good,
  ended: 'bitrix24_scope_missing' as const,
  ended_at: new Date(NOW - ms),
})
const gone = { ...endedBefore(9 * DAY), ended: 'bitrix24_signed_out' as const }

it.each([
  ['is given while it is good', good, null, { kind: 'give' }],
  ['is renewed when it was refused', good, good.expires_at.getTime(), { kind: 'renew' }],
  ['is given when another one was refused', good, NOW - SECOND, { kind: 'give' }],
  [
    'is renewed a minute before its end',
    { ...good, expires_at: new Date(NOW + 59 * SECOND) },
    null,
    { kind: 'renew' },
  ],
  ['is never asked for again once signed out', gone, null, { kind: 'end', end: gone.ended }],
  [
    'is not asked for within a minute of another end',
    endedBefore(59 * SECOND),
    null,
    { kind: 'end', end: 'bitrix24_scope_missing' },
  ],
  ['is asked for again a minute later', endedBefore(60 * SECOND), null, { kind: 'renew' }],
  [
    'waits for an administrator when the portal moved',
    { ...good, offered_origin: 'https://new.example' },
    null,
    { kind: 'end', end: 'bitrix24_moved' },
  ],
] as const)('a token %s', (_, account, refused, verdict) => {
  expect(judgeAccount(account, refused, NOW)).toEqual(verdict)
})

it('a pair is renewed on its 149th day without use', () => {
  expect(isIdleTooLong({ refreshed_at: new Date(NOW - 149 * DAY + 1) }, NOW)).toBe(false)
  expect(isIdleTooLong({ refreshed_at: new Date(NOW - 149 * DAY) }, NOW)).toBe(true)
})
