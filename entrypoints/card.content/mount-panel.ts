import { browser } from 'wxt/browser'
import type { ContentScriptContext } from 'wxt/utils/content-script-context'
import {
  BASE_Z_INDEX,
  HEADER_HEIGHT_PX,
  OPEN_SLIDER,
  RIGHT_BAR_WIDTH_PX,
  RIGHT_BARS,
  SLIDER_CONTAINERS,
} from '../../lib/bitrix24/page/selectors.ts'
import type { PageOrders } from '../../lib/contracts/messages.ts'
import type { Background } from './connect-to-background.ts'

const HOST_NAME = 'prozvon-panel'
const RAIL_WIDTH_PX = 48

/**
 * Puts the panel's frame into the top document, once; it outlives sliders. The host stands beside
 * `body`, where the portal's focus trap doesn't reach it, in a closed shadow root.
 */
export function mountPanel(ctx: ContentScriptContext, background: Background): void {
  let host: HTMLElement | null = null

  async function mount(): Promise<void> {
    const ticket = await background.askForTicket()
    if (!ticket?.ok) {
      ctx.setTimeout(mount, 2_000)
      return
    }
    // As soon as there is a head to stand behind: a portal's head is long, and the frame loads
    // meanwhile. The parser puts the body behind it.
    whenHeadBegins(ctx, () => {
      // A copy of an earlier version of this script may have left its panel behind.
      for (const older of document.querySelectorAll(HOST_NAME)) older.remove()
      host = createHost(ticket.value.nonce)
      document.documentElement.append(host)
      update()
    })
  }

  function update(): void {
    const orders = background.orders()
    if (host && orders) place(host, orders)
  }

  background.onOrders(update)
  // The portal's bars, beside which the panel stands, may be parsed only now.
  whenParsed(ctx, update)
  onSlidersChange(ctx, () => host && raise(host))
  ctx.onInvalidated(() => host?.remove())
  void mount()
}

function createHost(nonce: string): HTMLElement {
  const host = document.createElement(HOST_NAME)
  host.setAttribute('data-a11y-ignore-inert', 'true')
  host.style.cssText =
    'all: initial; position: fixed; display: none; box-shadow: 0 0 24px rgb(16 32 56 / 22%);'
  const frame = document.createElement('iframe')
  frame.src = `${browser.runtime.getURL('/panel.html')}#${nonce}`
  frame.title = 'Prozvon'
  frame.style.cssText =
    'border: 0; width: 100%; height: 100%; display: block; color-scheme: normal;'
  host.attachShadow({ mode: 'closed' }).append(frame)
  // The portal makes what lies outside its dialogs inert; the panel must stay usable in a call.
  new MutationObserver(() => host.removeAttribute('inert')).observe(host, {
    attributeFilter: ['inert'],
  })
  return host
}

/** Inside the portal's right bar, below its header. */
function place(host: HTMLElement, { presence, layout }: PageOrders): void {
  const beside = document.querySelector(RIGHT_BARS) ? RIGHT_BAR_WIDTH_PX : 0
  const { style } = host
  style.display = presence === 'hidden' ? 'none' : 'block'
  style.top = `${HEADER_HEIGHT_PX}px`
  style.bottom = '0'
  style.right = layout.side === 'right' ? `${beside}px` : 'auto'
  style.left = layout.side === 'left' ? '0' : 'auto'
  style.width = `${presence === 'rail' ? RAIL_WIDTH_PX : layout.width}px`
  raise(host)
}

/** Just above the topmost slider: dialogs that open later lie above both, and stay uncovered. */
function raise(host: HTMLElement): void {
  const levels = [...document.querySelectorAll<HTMLElement>(OPEN_SLIDER)].map(
    (slider) => Number(getComputedStyle(slider).zIndex) || BASE_Z_INDEX,
  )
  host.style.zIndex = String(Math.max(BASE_Z_INDEX, ...levels) + 1)
}

function onSlidersChange(ctx: ContentScriptContext, act: () => void): void {
  const observer = new MutationObserver(act)
  ctx.onInvalidated(() => observer.disconnect())
  whenParsed(ctx, () => {
    for (const selector of SLIDER_CONTAINERS) {
      const container = document.querySelector(selector)
      // Depth one suffices: overlays are children of these containers.
      if (container) observer.observe(container, { childList: true })
    }
  })
}

function whenHeadBegins(ctx: ContentScriptContext, act: () => void): void {
  const observer = new MutationObserver(look)
  ctx.onInvalidated(() => observer.disconnect())
  observer.observe(document, { childList: true, subtree: true })
  look()

  function look(): void {
    if (!document.head) return
    observer.disconnect()
    act()
  }
}

function whenParsed(ctx: ContentScriptContext, act: () => void): void {
  if (document.readyState !== 'loading') act()
  else ctx.addEventListener(document, 'DOMContentLoaded', act, { once: true })
}
