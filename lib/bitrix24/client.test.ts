import { describe, expect, it } from 'vitest'
import { scriptedClient } from './scripted-client.fixture.ts'
import { type Fault, ScriptedPortal, WEBHOOK } from './scripted-portal.fixture.ts'

const read = { write: false } as const
const write = { write: true } as const

function portalWith(...faults: (Fault | null)[]) {
  const portal = new ScriptedPortal()
  portal.faults = faults
  return { portal, ...scriptedClient(portal) }
}

describe('a call', () => {
  it('is a POST of JSON, without cookies, that follows no redirect', async () => {
    const { portal, client } = portalWith()
    const answer = await client.call('profile', {}, read)
    expect(answer).toMatchObject({ ok: true, value: { result: { ID: '7' }, next: null } })
    expect(portal.requests[0]?.init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
    })
  })

  it('knows an error that comes with status 200', async () => {
    const body = JSON.stringify({ error: 'ERROR_ARGUMENT', error_description: 'Wrong handler' })
    const { client } = portalWith({ status: 200, body })
    const answer = await client.call('placement.bind', {}, write)
    expect(answer).toMatchObject({
      ok: false,
      error: { reason: 'invalid', code: 'ERROR_ARGUMENT', text: 'Wrong handler', status: 200 },
    })
  })

  it('keeps the text of an error whose code is empty', async () => {
    const body = '{"error":"","error_description":"Not found"}'
    const { client } = portalWith({ status: 400, body })
    const answer = await client.call('crm.lead.get', { id: 1 }, read)
    expect(answer).toMatchObject({ error: { reason: 'not_found', text: 'Not found' } })
  })

  it('reads the error object of REST 3.0', async () => {
    const body = '{"error":{"code":"BITRIX_REST_V3_X","message":"Access denied","validation":[]}}'
    const { client } = portalWith({ status: 400, body })
    const answer = await client.call('x', {}, read)
    expect(answer).toMatchObject({ error: { reason: 'forbidden', code: 'BITRIX_REST_V3_X' } })
  })

  it.each([
    [200, '<html><title>Sign in</title><p>Please sign in</p></html>', 'protocol', 'unknown'],
    [404, '<h1>nginx</h1>', 'protocol', 'not_executed'],
    [502, '<h1>Bad Gateway</h1>', 'server_error', 'unknown'],
    [429, 'slow down', 'limit', 'not_executed'],
    [200, '', 'protocol', 'unknown'],
    [200, '[]', 'protocol', 'unknown'],
  ] as const)(
    'judges a %s that is no answer of Bitrix24 (%j)',
    async (status, body, reason, fate) => {
      const { client } = portalWith({ status, body })
      const answer = await client.call('x', {}, write)
      expect(answer).toMatchObject({ ok: false, error: { reason, fate, status } })
    },
  )

  it('treats a redirect as a portal that has moved, and surely did nothing', async () => {
    const { client } = portalWith({ status: 302, body: '' })
    const answer = await client.call('x', {}, write)
    expect(answer).toMatchObject({ error: { reason: 'moved', fate: 'not_executed' } })
  })

  it('treats a browser’s opaque redirect the same', async () => {
    const opaque = { type: 'opaqueredirect', status: 0, text: async () => '' } as Response
    const { client } = scriptedClient({ fetch: async () => opaque })
    expect(await client.call('x', {}, write)).toMatchObject({ error: { reason: 'moved' } })
  })

  it('gives up after its time-out with unknown fate', async () => {
    const { client } = scriptedClient({ fetch: neverAnswers }, 5)
    const answer = await client.call('crm.activity.add', {}, write)
    expect(answer).toMatchObject({ error: { reason: 'timeout', fate: 'unknown' } })
  })

  it('is not sent at all when it is given up before', async () => {
    const { portal, client } = portalWith()
    const answer = await client.call('x', {}, { write: true, signal: AbortSignal.abort() })
    expect(answer).toMatchObject({ error: { fate: 'not_executed' } })
    expect(portal.requests).toHaveLength(0)
  })
})

describe('repeating', () => {
  it('a read is sent again, later each time, until the portal answers', async () => {
    const { portal, client, waits } = portalWith('unreachable', { status: 502, body: '' })
    expect(await client.call('profile', {}, read)).toMatchObject({ ok: true })
    expect(portal.requests).toHaveLength(3)
    expect(waits).toEqual([500, 1000])
  })

  it('a read is given up after three tries', async () => {
    const { portal, client } = portalWith('unreachable', 'unreachable', 'unreachable')
    expect(await client.call('profile', {}, read)).toMatchObject({ error: { reason: 'away' } })
    expect(portal.requests).toHaveLength(3)
  })

  it.each(['unreachable', 'answer_lost', 'limit', { status: 502, body: '' }] as const)(
    'a write is never sent again by the client (%j)',
    async (fault) => {
      const { portal, client } = portalWith(fault)
      const answer = await client.call('crm.activity.add', { fields: {} }, write)
      const fate = fault === 'limit' ? 'not_executed' : 'unknown'
      expect(answer).toMatchObject({ ok: false, error: { fate } })
      expect(portal.requests).toHaveLength(1)
    },
  )

  it('a manual block (OVERLOAD_LIMIT) is not knocked at', async () => {
    const { portal, client } = portalWith({ status: 503, body: '{"error":"OVERLOAD_LIMIT"}' })
    expect(await client.call('profile', {}, read)).toMatchObject({ error: { reason: 'overload' } })
    expect(portal.requests).toHaveLength(1)
  })
})

describe('the webhook’s code', () => {
  const echo = `<p>No such hook: ${WEBHOOK}/x</p>`
  it.each([
    ['unreachable'],
    [{ status: 404, body: echo }],
    [{ status: 400, body: JSON.stringify({ error: WEBHOOK, error_description: echo }) }],
    [{ status: 302, body: echo }],
  ] as [Fault][])('is in no error (%j)', async (fault) => {
    const { client } = portalWith(fault)
    const answer = await client.call('x', {}, write)
    expect(answer.ok).toBe(false)
    expect(JSON.stringify(answer)).not.toContain('s3cretc0de')
  })
})

describe('a batch', () => {
  it('answers each command by itself, empty PHP maps included', async () => {
    const { client } = portalWith()
    const commands = { a: { method: 'profile' }, b: { method: 'no.such' } }
    const answer = await client.batch(commands, { halt: 0, write: false })
    if (!answer.ok) throw new Error('must be answered')
    expect(answer.value.get('a')).toMatchObject({ ok: true, value: { result: { ID: '7' } } })
    expect(answer.value.get('b')).toMatchObject({ ok: false, error: { reason: 'method_unknown' } })
  })

  it('has unknown fate where a command was passed over in silence', async () => {
    const body = '{"result":{"result":[],"result_error":[]}}'
    const { client } = portalWith({ status: 200, body })
    const answer = await client.batch({ a: { method: 'x.add' } }, { halt: 0, write: true })
    if (!answer.ok) throw new Error('must be answered')
    expect(answer.value.get('a')).toMatchObject({ error: { reason: 'protocol', fate: 'unknown' } })
  })

  it('refuses to be empty or longer than 50', () => {
    const { client } = portalWith()
    const many = Object.fromEntries(
      Array.from({ length: 51 }, (_, n) => [`c${n}`, { method: 'profile' }]),
    )
    expect(() => client.batch(many, { halt: 0, write: false })).toThrow(RangeError)
    expect(() => client.batch({}, { halt: 0, write: false })).toThrow(RangeError)
  })

  it('does not call a method that has used up its execution time, until it is free', async () => {
    const time = { operating: 410, operating_reset_at: 1772436000 }
    const body = JSON.stringify({
      result: { result: { a: 1 }, result_error: [], result_time: { a: time } },
    })
    const { portal, client } = portalWith({ status: 200, body })
    const commands = { a: { method: 'crm.item.get' } }
    await client.batch(commands, { halt: 0, write: false })
    const held = await client.batch(commands, { halt: 0, write: false })
    expect(held).toMatchObject({
      error: { reason: 'operating_limit', fate: 'not_executed', freeAtMs: 1772436000_000 },
    })
    expect(portal.requests).toHaveLength(1)
  })
})

function neverAnswers(_: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })
}
