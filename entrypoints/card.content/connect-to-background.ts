import { browser } from 'wxt/browser'
import type { ContentScriptContext } from 'wxt/utils/content-script-context'
import type { CardRef } from '../../lib/contracts/card.ts'
import type { AnswerOf, CardPortMessage, PageOrders } from '../../lib/contracts/messages.ts'
import { messaging } from '../../lib/extension/messaging.ts'

/** The content script's line to the background, which may sleep and wake at any time. */
export interface Background {
  /** Tells which card this frame shows; told again whenever the background wakes anew. */
  tellCard(message: CardPortMessage): void
  /** A nonce for a panel frame; null when nobody answers. */
  askForTicket(): Promise<AnswerOf<'panel.ticket'> | null>
  tellPhoneClick(number: string, card: CardRef | null): void
  /** The last orders, or null before the first. */
  orders(): PageOrders | null
  onOrders(listen: (orders: PageOrders) => void): void
}

export function connectToBackground(ctx: ContentScriptContext): Background {
  const listeners: ((orders: PageOrders) => void)[] = []
  let card: CardPortMessage | null = null
  let orders: PageOrders | null = null
  let port: ReturnType<typeof browser.runtime.connect> | null = null

  function connect(): void {
    // After an update or a reload of the extension this copy is an orphan: it falls silent.
    if (ctx.isInvalid) return
    port = browser.runtime.connect({ name: 'card' })
    port.onMessage.addListener((message: PageOrders) => {
      if (message?.type !== 'page.orders') return
      orders = message
      for (const listen of listeners) listen(message)
    })
    // The worker sleeps after some seconds; connecting again wakes a new one.
    port.onDisconnect.addListener(() => ctx.setTimeout(connect, 200))
    if (card) port.postMessage(card)
  }
  connect()
  ctx.onInvalidated(() => port?.disconnect())

  return {
    tellCard(message) {
      card = message
      port?.postMessage(message)
    },
    // A reloaded extension leaves orphans behind: they ask in vain, and that is no error.
    askForTicket: () => messaging.sendMessage('panel.ticket', {}).catch(() => null),
    tellPhoneClick(number, card) {
      messaging.sendMessage('phone.clicked', { number, card }).catch(() => {})
    },
    orders: () => orders,
    onOrders(listen) {
      listeners.push(listen)
      if (orders) listen(orders)
    },
  }
}
