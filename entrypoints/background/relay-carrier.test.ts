import { describe, expect, it } from 'vitest'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { createRelayClient } from '../../lib/extension/relay-client.ts'
import { storedEffect } from '../../lib/outbox/samples.fixture.ts'
import { createRelayCarrier } from './relay-carrier.ts'

/** Hands an SMS to a relay that answers with this problem. */
async function refusedWith(status: number, code: RelayProblem['code']) {
  const client = createRelayClient({
    address: 'https://relay.test',
    token: 'prz_example',
    fetch: async () => Response.json({ code, message: 'what to do' }, { status }),
  })
  const sms = storedEffect('sms')
  return (await createRelayCarrier(() => client).deliver([sms])).get(sms.id)
}

it('an entry of the stop list goes to the relay under the effect’s own key', async () => {
  const requests: Request[] = []
  const client = createRelayClient({
    ...{ address: 'https://relay.test', token: 'prz_example' },
    fetch: async (url, init) => {
      requests.push(new Request(url, init))
      return Response.json({ entries: [] }, { status: 201 })
    },
  })
  const stored = storedEffect('stop_list')
  const outcomes = await createRelayCarrier(() => client).deliver([stored])
  expect(outcomes.get(stored.id)).toMatchObject({ kind: 'done', message: null })
  const [request] = requests
  expect(request?.url).toBe('https://relay.test/v1/stop-list/entries')
  expect(request?.headers.get('idempotency-key')).toBe(stored.id)
  expect(stored.effect).toMatchObject({ request: await request?.json() })
})

describe('what the relay refuses', () => {
  it.each([
    [501, 'not_configured', 'refused', 'not_configured'],
    [404, 'not_found', 'refused', 'template_missing'],
    [400, 'invalid', 'refused', 'invalid'],
    [401, 'unauthorized', 'refused', 'unauthorized'],
    [503, 'unavailable', 'retry', 'server_error'],
    [500, 'internal', 'retry', 'server_error'],
    [429, 'too_many_requests', 'retry', 'limit'],
  ] as const)('%i %s is %s as %s', async (status, code, kind, reason) => {
    expect(await refusedWith(status, code)).toEqual({ kind, reason, detail: 'what to do' })
  })

  it('a relay from before the stop list has no such room', async () => {
    const client = createRelayClient({
      ...{ address: 'https://relay.test', token: 'prz_example' },
      fetch: async () => Response.json({ code: 'not_found', message: '' }, { status: 404 }),
    })
    const stored = storedEffect('stop_list')
    const outcomes = await createRelayCarrier(() => client).deliver([stored])
    expect(outcomes.get(stored.id)).toMatchObject({ kind: 'refused', reason: 'not_configured' })
  })

  it('waits for a person when no relay is set up', async () => {
    const sms = storedEffect('sms')
    const outcomes = await createRelayCarrier(() => null).deliver([sms])
    expect(outcomes.get(sms.id)).toMatchObject({ kind: 'refused', reason: 'not_configured' })
  })
})
