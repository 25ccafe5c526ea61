import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SandboxPortal, startPortal } from '../../test/portal/server.ts'
import { authOriginOf, type OAuthClient, requestTokens, type TokenGrant } from './token-endpoint.ts'

let portal: SandboxPortal
let client: OAuthClient
beforeEach(async () => {
  portal = await startPortal({ appHandler: 'https://relay.example/oauth/callback' })
  const { clientId, clientSecret, authHost } = portal.oauth
  client = { clientId, clientSecret, authOrigins: [authHost] }
})
afterEach(() => portal.close())

const ask = (grant: TokenGrant) => requestTokens(client, portal.oauth.authHost, grant)

function byCode(): TokenGrant {
  const back = new URL(portal.tokens.returnUrl(2, 'state'))
  return { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' }
}

describe('asking Bitrix24 for tokens', () => {
  it('trades a code for a pair, and the pair’s refresh token for the next pair', async () => {
    const first = await ask(byCode())
    if (!first.ok) throw new Error(first.reason)
    expect(first.value).toMatchObject({
      memberId: portal.tokens.tables.memberId,
      clientEndpoint: `${portal.origin}/rest/`,
      scopes: expect.arrayContaining(['crm', 'telephony']),
    })
    const refresh = {
      grant_type: 'refresh_token',
      refresh_token: first.value.refreshToken,
    } as const
    expect(await ask(refresh)).toMatchObject({ ok: true })
    expect(await ask(refresh)).toEqual({ ok: false, reason: 'refused' })
  })

  it('tells a deleted application from a plan without REST', async () => {
    portal.tokens.isUnpaid = true
    expect(await ask(byCode())).toEqual({ ok: false, reason: 'unpaid' })
    const grant = byCode()
    portal.tokens.uninstall()
    expect(await ask(grant)).toEqual({ ok: false, reason: 'revoked' })
  })

  it('says that it is unclear when no answer came', async () => {
    await portal.close()
    expect(await ask(byCode())).toEqual({ ok: false, reason: 'unclear' })
  })

  it('asks no host that is not configured, and takes none from the browser', async () => {
    expect(await requestTokens(client, portal.origin, byCode())).toEqual({
      ok: false,
      reason: 'unknown_host',
    })
    expect(authOriginOf(client, 'evil.example')).toBeNull()
    expect(authOriginOf(client, new URL(portal.oauth.authHost).host)).toBe(portal.oauth.authHost)
  })
})
