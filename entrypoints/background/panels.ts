import { type Browser, browser } from 'wxt/browser'
import { PanelHello, type PanelPortMessage, PORTS } from '../../lib/contracts/messages.ts'
import type { AudioLevels } from '../../lib/contracts/softphone.ts'
import { answer, askerOf, isOwnPage } from '../../lib/extension/answer.ts'
import { panelStateOf } from './view.ts'
import type { Desk } from './world.ts'

/** Nonces by value, with the tab they were made for. Kept over the worker's sleep. */
const NONCES = 'panelNonces'

/**
 * Panels in portal pages. A panel's page could be framed by any site that learns its address, so
 * it is served only with a nonce that our own content script was given for that very tab.
 */
export function servePanels(
  desk: Desk,
  ready: Promise<void>,
): { tellLevels(levels: AudioLevels): void } {
  const panels = new Map<Browser.runtime.Port, number>()

  answer('panel.ticket', async (_, { tabId, frameId, origin }) => {
    await ready
    const isOurPortal = origin === desk.world.settings.portal?.origin
    if (tabId === null || frameId !== 0 || !isOurPortal) return { ok: false, reason: 'not_allowed' }
    const nonce = crypto.randomUUID()
    await rememberNonce(nonce, tabId)
    return { ok: true, value: { nonce, layout: desk.world.settings.layout } }
  })

  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORTS.panel) return
    const asker = askerOf(port.sender)
    port.onMessage.addListener(async (message: unknown) => {
      const hello = PanelHello.safeParse(message)
      const isKnown =
        hello.success && isOwnPage(asker) && (await tabOfNonce(hello.data.nonce)) === asker.tabId
      if (!isKnown || asker.tabId === null) return tell(port, { type: 'panel.refused' })
      await ready
      panels.set(port, asker.tabId)
      tell(port, { type: 'panel.state', state: panelStateOf(desk.world, asker.tabId) })
    })
    port.onDisconnect.addListener(() => panels.delete(port))
  })

  desk.watch(() => {
    for (const [port, tabId] of panels) {
      tell(port, { type: 'panel.state', state: panelStateOf(desk.world, tabId) })
    }
  })

  browser.tabs?.onRemoved?.addListener((tabId) => void forgetNonces(tabId))

  return {
    tellLevels(levels) {
      for (const port of panels.keys()) tell(port, { type: 'panel.levels', levels })
    },
  }
}

function tell(port: Browser.runtime.Port, message: PanelPortMessage): void {
  try {
    port.postMessage(message)
  } catch {
    // The panel went away in this very moment; its port's end is told separately.
  }
}

type Nonces = Record<string, number>

async function readNonces(): Promise<Nonces> {
  return ((await browser.storage.session.get(NONCES))[NONCES] as Nonces | undefined) ?? {}
}

async function rememberNonce(nonce: string, tabId: number): Promise<void> {
  await browser.storage.session.set({ [NONCES]: { ...(await readNonces()), [nonce]: tabId } })
}

async function tabOfNonce(nonce: string): Promise<number | null> {
  return (await readNonces())[nonce] ?? null
}

async function forgetNonces(tabId: number): Promise<void> {
  const kept = Object.entries(await readNonces()).filter(([, tab]) => tab !== tabId)
  await browser.storage.session.set({ [NONCES]: Object.fromEntries(kept) })
}
