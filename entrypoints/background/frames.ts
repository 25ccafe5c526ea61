import { type Browser, browser } from 'wxt/browser'
import type { CardSnapshot } from '../../lib/contracts/card.ts'
import { CardPortMessage, PORTS } from '../../lib/contracts/messages.ts'
import { askerOf } from '../../lib/extension/answer.ts'
import { normalisePhone } from '../../lib/phone-number/normalise-phone.ts'
import { pageOrdersOf } from './view.ts'
import type { Desk } from './world.ts'

/**
 * Frames of the portal's pages. Each holds a port; one that shows a card says so. A port that
 * closes means that its frame is gone: the slider was closed, the page left or reloaded.
 */
export function serveFrames(
  desk: Desk,
  ready: Promise<void>,
  onCardOpened: (snapshot: CardSnapshot) => void,
): void {
  const ports = new Map<Browser.runtime.Port, number>()

  browser.runtime.onConnect.addListener(async (port) => {
    if (port.name !== PORTS.card) return
    const { tabId, origin } = askerOf(port.sender)
    port.onMessage.addListener(async (message: unknown) => {
      const opened = CardPortMessage.safeParse(message)
      await ready
      if (!opened.success || tabId === null) return
      const { snapshot } = opened.data
      // A page speaks only for its own portal.
      if (snapshot.card.portal !== origin || origin !== desk.world.settings.portal?.origin) return
      const dialable = withDialablePhones(snapshot)
      desk.change(({ frames }) => {
        const others = (frames.get(tabId) ?? []).filter(({ frame }) => frame !== port)
        frames.set(tabId, [...others, { frame: port, snapshot: dialable }])
      })
      onCardOpened(dialable)
    })
    port.onDisconnect.addListener(() => {
      ports.delete(port)
      if (tabId === null) return
      desk.change(({ frames }) => {
        const left = (frames.get(tabId) ?? []).filter(({ frame }) => frame !== port)
        if (left.length > 0) frames.set(tabId, left)
        else frames.delete(tabId)
      })
    })
    if (tabId === null) return
    await ready
    ports.set(port, tabId)
    port.postMessage(pageOrdersOf(desk.world, tabId))
  })

  desk.watch(() => {
    for (const [port, tabId] of ports) {
      try {
        port.postMessage(pageOrdersOf(desk.world, tabId))
      } catch {
        ports.delete(port)
      }
    }
  })
}

function withDialablePhones(snapshot: CardSnapshot): CardSnapshot {
  const phones = snapshot.phones.map((phone) => {
    const normal = normalisePhone(phone.raw)
    return { ...phone, e164: normal.ok ? normal.e164 : null }
  })
  return { ...snapshot, phones }
}
