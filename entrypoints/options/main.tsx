import '../../lib/extension/zod-without-eval.ts'
import '../../components/ui/tokens.css'
import { createRoot } from 'react-dom/client'
import type { AccountActions } from '../../components/settings/account-actions.ts'
import { type SettingsActions, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { hasPortalAccess, requestPortalAccess } from '../../lib/extension/portal-access.ts'
import { send } from '../../lib/extension/send.ts'
import { hasUnreadableSettings } from '../../lib/extension/settings.ts'

const accountActions: AccountActions = {
  async begin(address) {
    const reply = await send('signIn.begin', { address })
    return reply.ok ? reply.value : { state: 'failed', why: 'away' }
  },
  async wait() {
    const reply = await send('signIn.wait', {})
    // A background that was stopped in the middle keeps what is pending.
    return reply.ok ? reply.value : null
  },
  async cancel() {
    await send('signIn.cancel', {})
  },
  async signOut() {
    await send('account.signOut', {})
  },
  async read() {
    const reply = await send('account.read', {})
    return reply.ok ? reply.value : null
  },
  async check() {
    const reply = await send('account.check', {})
    return reply.ok ? reply.value : null
  },
  async agreeToMove(origin) {
    const reply = await send('account.agreeToMove', { origin })
    return reply.ok ? reply.value : 'away'
  },
  async follow() {
    await send('account.follow', {})
  },
  async settings() {
    const reply = await send('settings.read', {})
    return reply.ok ? reply.value : null
  },
  hasAccess: hasPortalAccess,
}

const actions: SettingsActions = {
  allow: requestPortalAccess,
  async save(settings) {
    const reply = await send('settings.save', { settings })
    return reply.ok ? null : (reply.detail ?? reply.reason)
  },
  async check(settings) {
    const reply = await send('settings.check', { settings })
    return reply.ok ? reply.value : null
  },
  async pair(address, code) {
    const reply = await send('relay.pair', { address, code })
    return reply.ok ? reply.value : { state: 'away' }
  },
  account: accountActions,
}

const reply = await send('settings.read', {})
const root = document.getElementById('root')
if (root && reply.ok) {
  document.documentElement.lang = reply.value.language
  const lostEarlier = await hasUnreadableSettings()
  createRoot(root).render(
    <SettingsPage stored={reply.value} lostEarlier={lostEarlier} actions={actions} />,
  )
}
