import type { PortalClock } from '../clock.ts'
import type { PortalLanguage } from '../seed.ts'
import type { TokenDesk } from './token-desk.ts'

const TIMEOUT_MS = 10_000

/**
 * Tells an application that uses only the API of its installation: one form-encoded POST with the
 * installing administrator's tokens, not repeated when it fails
 * (Bitrix24 docs: settings/app-installation/local-apps/installation-callback.md; its form is that of
 * an event, api-reference/events/index.md).
 * Tells the status of the answer; null when there was none.
 */
export async function callInstall(
  desk: TokenDesk,
  adminId: number,
  language: PortalLanguage,
  clock: PortalClock,
): Promise<number | null> {
  const auth = desk.eventAuth(adminId, true)
  const { installUrl } = desk.tables.app
  if (auth === null || installUrl === '') return null
  const body = new URLSearchParams({
    event: 'ONAPPINSTALL',
    'data[VERSION]': '1',
    'data[ACTIVE]': 'Y',
    'data[INSTALLED]': 'Y',
    'data[LANGUAGE_ID]': language,
    ts: String(Math.floor(clock.now() / 1000)),
    ...Object.fromEntries(Object.entries(auth).map(([name, value]) => [`auth[${name}]`, value])),
  })
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(installUrl, { method: 'POST', body, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}
