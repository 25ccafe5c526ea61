import type { NativeCall, PortalWindow } from './portal-window.ts'

/** The messenger's bundle comes late: until then there is no BXIM. */
const BUNDLE_DELAY_MS = 300

/**
 * BXIM as the current messenger leaves it: a facade for BX.Messenger.Public, in the top window
 * only. No call is made; each is written to `window.__nativeCalls`, which tests look at.
 */
function installMessenger(page: PortalWindow): void {
  const calls: NativeCall[] = []
  page.__nativeCalls = calls
  const messenger = {
    startPhoneCall(number: string, parameters?: unknown): void {
      calls.push({ number, parameters: parameters ?? null })
    },
  }
  page.BX.Messenger = { Public: messenger }
  page.BXIM = {
    phoneTo: (number, parameters) => page.BX.Messenger?.Public.startPhoneCall(number, parameters),
    openMessenger: () => undefined,
  }
}

const page = window as unknown as PortalWindow
if (page.parent === page) setTimeout(() => installMessenger(page), BUNDLE_DELAY_MS)
