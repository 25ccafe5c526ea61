import type { ContentScriptContext } from 'wxt/utils/content-script-context'
import { findCard } from '../../lib/bitrix24/page/card-model.ts'
import { numberOfClick } from '../../lib/bitrix24/page/phone-link.ts'
import type { Background } from './connect-to-background.ts'

/** The event in which `portal-page.content` hands over a call that Bitrix24 wanted to place. */
const PHONE_TO = 'prozvon:phone-to'

type Line = Pick<Background, 'orders' | 'tellPhoneClick'>

/**
 * Takes clicks on phone numbers before Bitrix24 sees them: a capturing listener on `window` runs
 * before its own listeners on `document` and before the link's inline handler. Only clicks that
 * belong to a card are taken, and that is known at once, since a click can't be given back after
 * an answer from elsewhere: numbers in lists and on the kanban stay Bitrix24's to dial.
 */
export function catchPhoneClicks(
  ctx: Pick<ContentScriptContext, 'addEventListener'>,
  background: Line,
): void {
  ctx.addEventListener(
    window,
    'click',
    (event) => {
      // A page's script may click links as well; only a person may place calls.
      if (!event.isTrusted || !background.orders()?.takesCalls) return
      if (event.button !== 0 || event.ctrlKey || event.metaKey) return
      const number = numberOfClick(event.composedPath())
      const card = number === null ? null : findCard(document, location.pathname)
      if (number === null || card === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      background.tellPhoneClick(number.slice(0, 64), { portal: location.origin, ...card })
    },
    { capture: true },
  )

  if (window !== window.top) return
  ctx.addEventListener(window, PHONE_TO as 'click', (event) => {
    // The page's world can forge this event: without a person's recent click it is no order.
    const number: unknown = (event as unknown as CustomEvent).detail
    const orders = background.orders()
    if (typeof number !== 'string' || !orders?.takesCalls || !orders.hasCard) return
    if (!navigator.userActivation.isActive) return
    event.preventDefault()
    // The card lies in a frame above this one; the background knows which is on top.
    background.tellPhoneClick(number.slice(0, 64), null)
  })
}
