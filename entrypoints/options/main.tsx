import '../../lib/extension/zod-without-eval.ts'
import '../../components/ui/tokens.css'
import { createRoot } from 'react-dom/client'
import { type SettingsActions, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { requestPortalAccess } from '../../lib/extension/portal-access.ts'
import { send } from '../../lib/extension/send.ts'
import { hasUnreadableSettings } from '../../lib/extension/settings.ts'

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
