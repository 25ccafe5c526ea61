import { beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../contracts/common.ts'
import type { TokenRefusal } from './authorisation.ts'
import type { BitrixReason } from './errors.ts'
import { scriptedClient } from './scripted-client.fixture.ts'
import { type Fault, ScriptedPortal, WEBHOOK } from './scripted-portal.fixture.ts'

const write = { write: true } as const
const EXPIRED: Fault = { status: 401, body: '{"error":"expired_token"}' }

let portal: ScriptedPortal
let newer: Result<string, TokenRefusal>
let refused: string[]

beforeEach(() => {
  portal = new ScriptedPortal()
  newer = { ok: true, value: 'newt0ken' }
  refused = []
})

function application(first: Result<string, TokenRefusal> = { ok: true, value: 'oldt0ken' }) {
  const told: (BitrixReason | null)[] = []
  const tokens = {
    // The scripted portal knows its address by the webhook's.
    endpoint: `${WEBHOOK}/`,
    token: async () => first,
    refused: async (token: string) => {
      refused.push(token)
      return newer
    },
  }
  const authorisation = { by: 'application', tokens, formerOrigins: ['https://old.test'] } as const
  return { ...scriptedClient(portal, 60_000, authorisation), told }
}

const authOf = (index: number) => portal.requests[index]?.body.auth

describe('a client with an application’s tokens', () => {
  it('puts the token into the body, of a batch too, and nowhere else', async () => {
    const { client } = application()
    await client.call('profile', {}, write)
    await client.batch({ a: { method: 'profile' } }, { halt: 0, write: true })
    expect([authOf(0), authOf(1)]).toEqual(['oldt0ken', 'oldt0ken'])
    for (const { method, init } of portal.requests) {
      expect(method + JSON.stringify(init.headers)).not.toContain('t0ken')
    }
  })

  it('knows the portal under its former addresses', () => {
    expect(application().client.origins).toEqual(['https://portal.test', 'https://old.test'])
  })

  it.each(['{"error":"expired_token"}', '{"error":"invalid_token"}', '{"error":"NO_AUTH_FOUND"}'])(
    'exchanges a token that is refused (%s) and repeats even a write',
    async (body) => {
      portal.faults = [{ status: 401, body }]
      const { client } = application()
      const answer = await client.call('crm.activity.add', { fields: {} }, write)
      expect(answer.ok).toBe(true)
      expect(refused).toEqual(['oldt0ken'])
      expect([authOf(0), authOf(1)]).toEqual(['oldt0ken', 'newt0ken'])
      expect(portal.activities).toHaveLength(1)
    },
  )

  it('does so once: a newer one that is refused as well ends it', async () => {
    portal.faults = [EXPIRED, EXPIRED]
    const answer = await application().client.call('profile', {}, { write: false })
    expect(answer).toMatchObject({ error: { reason: 'signed_out', fate: 'not_executed' } })
    expect(portal.requests).toHaveLength(2)
  })

  it.each([
    'signed_out',
    'app_removed',
    'user_dismissed',
    'scope_missing',
    'moved',
    'relay_signed_out',
    'relay_away',
  ] as const)('sends nothing without a token, and says why: %s', async (reason) => {
    const { client } = application({ ok: false, reason: { reason, text: 'why' } })
    const answer = await client.call('crm.activity.add', {}, write)
    expect(answer).toMatchObject({ error: { reason, fate: 'not_executed', text: 'why' } })
    expect(portal.requests).toHaveLength(0)
  })

  it('learns from the exchange how it ended', async () => {
    portal.faults = [{ status: 401, body: '{"error":"NO_AUTH_FOUND"}' }]
    newer = { ok: false, reason: { reason: 'app_removed', text: 'no such application' } }
    const answer = await application().client.call('profile', {}, write)
    expect(answer).toMatchObject({ error: { reason: 'app_removed', fate: 'not_executed' } })
  })

  it.each([
    [403, 'insufficient_scope', 'scope_missing'],
    [403, 'user_access_error', 'user_dismissed'],
    [403, 'ACCESS_DENIED', 'forbidden'],
    [302, '', 'moved'],
  ] as const)('takes %i %s for %s, without asking for a token', async (status, error, reason) => {
    portal.faults = [{ status, body: JSON.stringify({ error }) }]
    const answer = await application().client.call('crm.activity.add', {}, write)
    expect(answer).toMatchObject({ error: { reason, fate: 'not_executed' } })
    expect(refused).toEqual([])
  })

  it('a scope that is missing for one command of a batch is that command’s', async () => {
    const body = JSON.stringify({
      result: { result: { a: 1 }, result_error: { b: { error: 'insufficient_scope' } } },
    })
    portal.faults = [{ status: 200, body }]
    const commands = { a: { method: 'crm.x' }, b: { method: 'im.y' } }
    const answer = await application().client.batch(commands, { halt: 0, write: true })
    if (!answer.ok) throw new Error('must be answered')
    expect(answer.value.get('a')).toMatchObject({ ok: true })
    expect(answer.value.get('b')).toMatchObject({ error: { reason: 'scope_missing' } })
  })

  it.each(['oldt0ken', 'newt0ken'])('keeps %s out of every error', async (token) => {
    const echo: Fault = {
      status: 400,
      body: JSON.stringify({ error: 'X', error_description: `bad ${token}` }),
    }
    portal.faults = token === 'oldt0ken' ? [echo] : [EXPIRED, echo]
    const answer = await application().client.call('x', {}, write)
    expect(answer.ok).toBe(false)
    expect(JSON.stringify(answer)).not.toContain(token)
  })
})
