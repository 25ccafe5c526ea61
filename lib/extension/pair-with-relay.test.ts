import { expect, test } from 'vitest'
import { pairWithRelay } from './pair-with-relay.ts'

const asked = { address: 'https://relay.example', code: 'ABCD-EFGH' }
const answering = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status })

test('a good code gives the token and the name', async () => {
  const answer = { token: 'prz_a', name: 'Олена', role: 'operator' }
  expect(await pairWithRelay(asked, answering(201, answer))).toEqual({
    state: 'paired',
    token: 'prz_a',
    name: 'Олена',
  })
})

test.each([
  [404, 'pairing_code_unknown', 'unknown'],
  [400, 'invalid', 'unknown'],
  [410, 'pairing_code_used', 'used'],
  [410, 'pairing_code_expired', 'expired'],
  [429, 'too_many_requests', 'limit'],
  [503, 'unavailable', 'away'],
])('%i %s is told as %s', async (status, code, state) => {
  expect(await pairWithRelay(asked, answering(status, { code, message: '' }))).toEqual({ state })
})

test('a relay that does not answer, or something that is no relay, is away', async () => {
  const failing = async () => Promise.reject(new TypeError('failed'))
  expect(await pairWithRelay(asked, failing)).toEqual({ state: 'away' })
  expect(await pairWithRelay(asked, answering(200, { hello: 1 }))).toEqual({ state: 'away' })
})
