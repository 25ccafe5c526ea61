import { describe, expect, test } from 'vitest'
import { DigestAuthenticator, digestResponse, parseDigest } from './digest.ts'

describe('digest authentication', () => {
  test('computes the example of RFC 2617 §3.5', () => {
    const fields = parseDigest(
      'Digest username="Mufasa", realm="testrealm@host.com", ' +
        'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, ' +
        'nc=00000001, cnonce="0a4f113b"',
    )
    expect(digestResponse(fields ?? {}, 'Circle Of Life', 'GET')).toBe(
      '6629fae49393a05397450978507c4ef1',
    )
  })

  test('asks who sends no credentials, or others than Digest', () => {
    const authenticator = new DigestAuthenticator('pbx.test', () => 'right')
    expect(authenticator.check('REGISTER', undefined).kind).toBe('challenge')
    expect(authenticator.check('REGISTER', 'Basic MTAwOnJpZ2h0').kind).toBe('challenge')
  })

  test('accepts the right password, each count of a nonce once', () => {
    const { authenticator, answer } = challenged(0)
    const credentials = answer('100', 'right', 1)
    expect(authenticator.check('REGISTER', credentials, 0)).toEqual({
      kind: 'accepted',
      user: '100',
    })
    expect(authenticator.check('REGISTER', credentials, 0).kind).toBe('challenge')
    expect(authenticator.check('REGISTER', answer('100', 'right', 2), 0).kind).toBe('accepted')
  })

  test.each([
    ['a wrong password', '100', 'wrong'],
    ['an unknown user', '999', 'right'],
  ])('refuses %s', (_, user, password) => {
    const { authenticator, answer } = challenged(0)
    expect(authenticator.check('REGISTER', answer(user, password, 1), 0)).toEqual({
      kind: 'refused',
    })
  })

  test('refuses credentials made for another method', () => {
    const { authenticator, answer } = challenged(0)
    expect(authenticator.check('INVITE', answer('100', 'right', 1), 0).kind).toBe('refused')
  })

  test('asks again, as stale, after five minutes', () => {
    const { authenticator, answer } = challenged(0)
    const verdict = authenticator.check('REGISTER', answer('100', 'right', 1), 300_000)
    expect(verdict).toMatchObject({ challenge: expect.stringContaining('stale=true') })
  })
})

/** An authenticator that has asked, and a client that can answer. */
function challenged(nowMs: number) {
  const authenticator = new DigestAuthenticator('pbx.test', (user) =>
    user === '100' ? 'right' : undefined,
  )
  const asked = authenticator.check('REGISTER', undefined, nowMs)
  const given = parseDigest(asked.kind === 'challenge' ? asked.challenge : '') ?? {}
  const answer = (username: string, password: string, count: number) => {
    const nc = count.toString(16).padStart(8, '0')
    const fields = { ...given, username, uri: 'sip:pbx.test', nc, cnonce: 'c' }
    const response = digestResponse(fields, password, 'REGISTER')
    const list = Object.entries({ ...fields, response }).map(([key, value]) => `${key}="${value}"`)
    return `Digest ${list.join(', ')}`
  }
  return { authenticator, answer }
}
