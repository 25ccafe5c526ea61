import { browser } from 'wxt/browser'
import type { AccessTokens } from '../../lib/bitrix24/authorisation.ts'
import type { BitrixClient } from '../../lib/bitrix24/client.ts'
import type { AccountState, PortalMoveOutcome } from '../../lib/contracts/account.ts'
import type { PortalByAccount, Settings } from '../../lib/contracts/settings.ts'
import { createAccessTokens, type TokenStore } from '../../lib/extension/access-tokens.ts'
import { answer, isOwnPage } from '../../lib/extension/answer.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import { writeSettings } from '../../lib/extension/settings.ts'
import { accountTroubleOf, watchTrouble } from './account-trouble.ts'
import { portalClient } from './portal-client.ts'
import { formerOriginsOf } from './sign-in.ts'
import type { Desk } from './world.ts'

/** Memory only, gone with the browser; content scripts have no way to it. */
const TOKEN = 'accessToken'
const store: TokenStore = {
  read: async () => (await browser.storage.session.get(TOKEN))[TOKEN],
  write: (token) =>
    token ? browser.storage.session.set({ [TOKEN]: token }) : browser.storage.session.remove(TOKEN),
}

export interface Account {
  /** The client of the portal of the settings, by whatever lets us in. */
  clientOf(portal: NonNullable<Settings['portal']>): BitrixClient
  /** The settings are another account's from now on: nothing of the earlier one stays. */
  forget(): Promise<void>
}

/** The signed-in account: its access tokens, what becomes of it, and signing out. */
export function serveAccount(
  desk: Desk,
  ready: Promise<void>,
  relay: () => RelayClient | null,
  apply: () => Promise<void>,
): Account {
  let movedTo: string | null = null
  /** One for all requests of this context, so that they ask the relay together. */
  let current: { key: string; tokens: AccessTokens } | null = null
  let note = watchAnew()

  function watchAnew() {
    return watchTrouble((account) => desk.set({ account }))
  }

  function tokensOf(portal: PortalByAccount): AccessTokens {
    const key = JSON.stringify([portal, desk.world.settings.relay])
    if (current?.key === key) return current.tokens
    const tokens = createAccessTokens({
      portal,
      store,
      now: Date.now,
      ask: async (request) => {
        const client = relay()
        if (client) return client.accessToken(request)
        return { ok: false, reason: { reason: 'unauthorized', code: null, detail: '' } }
      },
      onMoved: (origin) => {
        movedTo = origin
      },
    })
    current = { key, tokens }
    return tokens
  }

  async function forget(): Promise<void> {
    current = null
    movedTo = null
    note = watchAnew()
    desk.set({ account: null })
    await store.write(null)
  }

  async function change(settings: Settings): Promise<void> {
    await forget()
    await writeSettings(settings)
    desk.set({ settings })
    await apply()
  }

  function state(): AccountState {
    return { trouble: accountTroubleOf(desk.world), movedTo }
  }

  answer('account.read', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    return { ok: true, value: state() }
  })

  answer('account.check', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    // Whatever is kept may be what is wrong: the relay is asked anew.
    await forget()
    await apply()
    return { ok: true, value: state() }
  })

  answer('account.signOut', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    await change({ ...desk.world.settings, portal: null, relay: null })
    return { ok: true, value: null }
  })

  answer('account.agreeToMove', async ({ origin }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const outcome = await agreeToMove(relay(), origin)
    if (outcome === 'moved') {
      await forget()
      await apply()
    }
    return { ok: true, value: outcome }
  })

  answer('account.follow', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const { portal } = desk.world.settings
    const origin = movedTo
    if (origin === null || !portal || !('account' in portal))
      return { ok: false, reason: 'invalid' }
    const formerOrigins = formerOriginsOf(portal, portal.account.memberId, origin)
    const account = { ...portal.account, formerOrigins }
    await change({ ...desk.world.settings, portal: { origin, account } })
    return { ok: true, value: null }
  })

  return {
    clientOf(portal) {
      if ('webhook' in portal) return portalClient({ by: 'webhook', webhook: portal.webhook })
      const tokens = tokensOf(portal)
      return portalClient(
        { by: 'application', tokens, formerOrigins: portal.account.formerOrigins },
        (...told) => note(...told),
      )
    },
    forget,
  }
}

async function agreeToMove(client: RelayClient | null, origin: string): Promise<PortalMoveOutcome> {
  if (!client) return 'away'
  const answer = await client.movePortal({ origin })
  if (answer.ok) return 'moved'
  switch (answer.reason.reason) {
    case 'unauthorized':
      return 'forbidden'
    case 'away':
    case 'unavailable':
    case 'limit':
    case 'protocol':
      return 'away'
    default:
      return 'refused'
  }
}
