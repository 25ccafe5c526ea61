import { browser } from 'wxt/browser'
import { detailOf } from '../../lib/bitrix24/delivery-reason.ts'
import { checkPortal } from '../../lib/bitrix24/set-up.ts'
import type { CheckResult } from '../../lib/contracts/messages.ts'
import type { Settings } from '../../lib/contracts/settings.ts'
import type { SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import { answer, isOwnPage } from '../../lib/extension/answer.ts'
import { forgetCampaigns } from '../../lib/extension/campaign-cache.ts'
import { pairWithRelay } from '../../lib/extension/pair-with-relay.ts'
import { hasPortalAccess, workOn } from '../../lib/extension/portal-access.ts'
import { createRelayClient } from '../../lib/extension/relay-client.ts'
import { send } from '../../lib/extension/send.ts'
import { writeSettings } from '../../lib/extension/settings.ts'
import { ensureSoftphone } from '../../lib/extension/softphone-host.ts'
import type { Account } from './account.ts'
import type { ActionLog } from './action-log.ts'
import { serveSignIn } from './sign-in.ts'
import type { Desk } from './world.ts'

/** How long a SIP server may take to say whether it knows the account, in milliseconds. */
const SIP_CHECK_MS = 8_000

/** Settings: read, checked and saved by the options page, which alone may see the secrets. */
export function serveSetup(
  desk: Desk,
  ready: Promise<void>,
  log: Pick<ActionLog, 'note'>,
  account: Pick<Account, 'clientOf' | 'forget'>,
  apply: () => Promise<void>,
): void {
  /** What the options page saved, or what a sign-in brought. */
  async function take(settings: Settings): Promise<void> {
    const before = desk.world.settings
    const names = changedNames(before, settings)
    // A relay that is set up anew is trusted anew: its keys may be other ones now.
    if (!isSameRelay(settings, before)) await forgetCampaigns()
    if (names.includes('portal') || names.includes('relay')) await account.forget()
    await writeSettings(settings)
    desk.set({ settings })
    if (names.length > 0) log.note({ kind: 'settings.changed', names })
    await apply()
  }

  serveSignIn(desk, ready, take)

  answer('settings.read', async (_, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    return { ok: true, value: desk.world.settings }
  })

  answer('settings.save', async ({ settings }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    await take(settings)
    return { ok: true, value: null }
  })

  answer('settings.check', async ({ settings }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const [portal, relay, sip] = await Promise.all([
      checkPortalOf(settings, account),
      checkRelayOf(settings),
      checkSipOf(settings, desk),
    ])
    return { ok: true, value: { portal, relay, sip } }
  })

  answer('relay.pair', async ({ address, code }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const outcome = await pairWithRelay({ address, code }, (...request) => fetch(...request))
    if (outcome.state === 'paired') {
      // Kept at once: the code is spent, and the page may be closed before anybody saves.
      const settings = { ...desk.world.settings, relay: { address, token: outcome.token } }
      await writeSettings(settings)
      desk.set({ settings })
      await apply()
    }
    return { ok: true, value: outcome }
  })

  answer('layout.change', async ({ layout }, asker) => {
    if (!isOwnPage(asker)) return { ok: false, reason: 'not_allowed' }
    await ready
    const settings = { ...desk.world.settings, layout }
    desk.set({ settings })
    await writeSettings(settings)
    return { ok: true, value: null }
  })

  answer('options.open', async () => {
    await browser.runtime.openOptionsPage()
    return { ok: true, value: null }
  })

  answer('microphone.request', async () => {
    const language = desk.world.settings.language
    const url = browser.runtime.getURL(`/microphone.html?lang=${language}`)
    await browser.tabs.create({ url })
    return { ok: true, value: null }
  })
}

/** Names only: values may be secrets. */
function changedNames(before: Settings, after: Settings): string[] {
  const names = Object.keys(after) as (keyof Settings)[]
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

/**
 * Content scripts run on the portal of the settings, and nowhere else. False when the browser
 * doesn't let us: the origin was never granted, or was taken away.
 */
export async function applyPortal({ portal }: Settings): Promise<boolean> {
  const isAllowed = portal !== null && (await hasPortalAccess(portal.origin))
  await workOn(isAllowed ? portal.origin : null)
  return isAllowed
}

function isSameRelay({ relay: a }: Settings, { relay: b }: Settings): boolean {
  return a?.address === b?.address && a?.token === b?.token
}

const SKIPPED: CheckResult = { state: 'skipped', detail: '' }

async function checkPortalOf(
  { portal }: Settings,
  { clientOf }: Pick<Account, 'clientOf'>,
): Promise<CheckResult> {
  if (!portal) return SKIPPED
  const checked = await checkPortal(clientOf(portal))
  if (!checked.ok) return { state: 'failed', detail: detailOf(checked.reason) }
  const { missingScopes, operator } = checked.value
  if (missingScopes.length === 0) return { state: 'ok', detail: operator.name }
  return { state: 'failed', detail: `scope: ${missingScopes.join(', ')}` }
}

async function checkRelayOf({ relay }: Settings): Promise<CheckResult> {
  if (!relay) return SKIPPED
  const client = createRelayClient({ ...relay, fetch: (...request) => fetch(...request) })
  const me = await client.me()
  if (me.ok) return { state: 'ok', detail: me.value.name }
  return { state: 'failed', detail: me.reason.detail || me.reason.reason }
}

/** Registers with the account for as long as it takes to learn whether the server accepts it. */
async function checkSipOf({ sip }: Settings, desk: Desk): Promise<CheckResult> {
  if (!sip) return SKIPPED
  await ensureSoftphone()
  const deadline = Date.now() + SIP_CHECK_MS
  let configured = false
  for (;;) {
    configured ||= (await send('softphone.configure', { account: sip })).ok
    const reply = await send('softphone.snapshot', {})
    const snapshot = reply.ok ? reply.value : null
    if (configured && snapshot && isSettled(snapshot)) {
      await send('softphone.configure', { account: desk.world.settings.sip })
      if (snapshot.registration === 'registered') return { state: 'ok', detail: sip.user }
      return { state: 'failed', detail: snapshot.detail ?? snapshot.registration }
    }
    if (Date.now() > deadline) return { state: 'failed', detail: snapshot?.detail ?? sip.server }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isSettled({ registration }: SoftphoneSnapshot): boolean {
  return registration === 'registered' || registration === 'refused'
}
