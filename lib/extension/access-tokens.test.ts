import { beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../contracts/common.ts'
import type { AccessToken, AccessTokenRequest } from '../contracts/relay-sign-in.ts'
import { createAccessTokens } from './access-tokens.ts'
import type { RelayTrouble } from './relay-client.ts'

const NOW = Date.parse('2026-03-04T10:00:00Z')
const origin = 'https://portal.test'
const portal = {
  origin,
  account: { memberId: 'm1', userId: 7, name: 'Оксана', formerOrigins: [] },
}

let nowMs = NOW
let stored: AccessToken | null
let asked: AccessTokenRequest[]
let answers: Result<AccessToken, RelayTrouble>[]
let movedTo: string | null

beforeEach(() => {
  nowMs = NOW
  stored = null
  asked = []
  answers = []
  movedTo = null
})

function token(accessToken: string, lifeSeconds = 3600, at = origin): AccessToken {
  return {
    accessToken,
    expiresAt: new Date(nowMs + lifeSeconds * 1000).toISOString(),
    endpoint: `${at}/rest/`,
    portal: { origin: at, memberId: 'm1', userId: 7 },
  }
}

function open() {
  return createAccessTokens({
    portal,
    now: () => nowMs,
    ask: async (request) => {
      asked.push(request)
      await Promise.resolve()
      return answers.shift() ?? { ok: true, value: token(`t${asked.length}`) }
    },
    store: {
      read: async () => stored,
      write: async (next) => {
        stored = next
      },
    },
    onMoved: (to) => {
      movedTo = to
    },
  })
}

describe('the access tokens of an account', () => {
  it('are asked of the relay once by requests that need one together', async () => {
    const tokens = open()
    const got = await Promise.all([tokens.token(), tokens.token(), tokens.token()])
    expect(got).toEqual(Array.from({ length: 3 }, () => ({ ok: true, value: 't1' })))
    expect(asked).toEqual([{ refused: null }])
  })

  it('outlive the worker’s sleep', async () => {
    await open().token()
    expect(await open().token()).toEqual({ ok: true, value: 't1' })
    expect(asked).toHaveLength(1)
  })

  it.each([
    [60, 1],
    [59, 2],
  ])('with %i s left are asked for %i times', async (leftSeconds, times) => {
    const tokens = open()
    await tokens.token()
    nowMs += (3600 - leftSeconds) * 1000
    await tokens.token()
    expect(asked).toHaveLength(times)
  })

  it('are exchanged once when several requests are refused together', async () => {
    const tokens = open()
    await tokens.token()
    const expiresAt = stored?.expiresAt
    const got = await Promise.all([tokens.refused('t1'), tokens.refused('t1')])
    expect(got).toEqual([
      { ok: true, value: 't2' },
      { ok: true, value: 't2' },
    ])
    // A straggler that was sent with the old one finds the newer one.
    expect(await tokens.refused('t1')).toEqual({ ok: true, value: 't2' })
    expect(asked).toEqual([{ refused: null }, { refused: expiresAt }])
  })

  it.each([
    ['of another account', { memberId: 'm1', userId: 8, origin }],
    ['of another portal', { memberId: 'm2', userId: 7, origin }],
  ])('%s are not used, neither kept nor given', async (_, of) => {
    stored = { ...token('foreign'), portal: of }
    answers = [{ ok: true, value: { ...token('foreign'), portal: of } }]
    expect(await open().token()).toMatchObject({ ok: false, reason: { reason: 'signed_out' } })
  })

  it('are not sent to another address before somebody has agreed to it here', async () => {
    answers = [{ ok: true, value: token('t', 3600, 'https://new.test') }]
    expect(await open().token()).toMatchObject({ ok: false, reason: { reason: 'moved' } })
    expect(movedTo).toBe('https://new.test')
    expect(stored).toBeNull()
  })

  it('are not sent to a host that is not the portal’s', async () => {
    answers = [{ ok: true, value: { ...token('t'), endpoint: 'https://evil.test/rest/' } }]
    expect(await open().token()).toMatchObject({ ok: false })
    expect(stored).toBeNull()
  })

  it.each([
    ['bitrix24_signed_out', 'invalid', 'signed_out'],
    ['bitrix24_app_removed', 'invalid', 'app_removed'],
    ['bitrix24_user_dismissed', 'invalid', 'user_dismissed'],
    ['bitrix24_scope_missing', 'invalid', 'scope_missing'],
    ['bitrix24_moved', 'invalid', 'moved'],
    ['unauthorized', 'unauthorized', 'relay_signed_out'],
    ['unavailable', 'unavailable', 'relay_away'],
    [null, 'away', 'relay_away'],
  ] as const)('when the relay says %s are refused as %s → %s', async (code, reason, expected) => {
    answers = [{ ok: false, reason: { reason, code, detail: 'why' } }]
    expect(await open().token()).toEqual({ ok: false, reason: { reason: expected, text: 'why' } })
  })
})
