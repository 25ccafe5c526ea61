import { browser } from 'wxt/browser'

const SCRIPT_IDS = ['prozvon-card', 'prozvon-portal-page'] as const

/** The match pattern of one portal: exactly that origin. */
export function patternOf(origin: string): string {
  // Match patterns know no port; Chromium then matches all of them, Firefox refuses a port.
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}/*`
}

/** Whether the browser lets us work on this portal. */
export function hasPortalAccess(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(origin)] })
}

/** How the user answered for a portal; `known` = it was granted before. */
export type PortalAccess = 'known' | 'new' | 'refused'

/**
 * Asks the user for one portal's origin. Must be called from a click in one of our pages:
 * browsers show the question only then, so nothing is awaited before it.
 */
export async function requestPortalAccess(origin: string): Promise<PortalAccess> {
  const asked = [hasPortalAccess(origin), request(origin)] as const
  const [wasGranted, isGranted] = await Promise.all(asked)
  if (!isGranted) return 'refused'
  return wasGranted ? 'known' : 'new'
}

function request(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [patternOf(origin)] })
}

/**
 * Makes the content scripts run on this portal and on no other, in pages that are loaded from now
 * on: tabs that are open already need a reload (docs/adr/0009), and the options page says so.
 * Registering without the permission succeeds and does nothing, so ask first.
 */
export async function workOn(origin: string | null): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts()
  const ours = registered.map(({ id }) => id).filter((id) => SCRIPT_IDS.some((our) => our === id))
  if (ours.length > 0) await browser.scripting.unregisterContentScripts({ ids: ours })
  if (origin === null) return

  const matches = [patternOf(origin)]
  await browser.scripting.registerContentScripts([
    {
      id: 'prozvon-card',
      js: ['content-scripts/card.js'],
      matches,
      allFrames: true,
      runAt: 'document_start',
      persistAcrossSessions: true,
    },
    {
      id: 'prozvon-portal-page',
      js: ['content-scripts/portal-page.js'],
      matches,
      runAt: 'document_start',
      world: 'MAIN',
      persistAcrossSessions: true,
    },
  ])
}
