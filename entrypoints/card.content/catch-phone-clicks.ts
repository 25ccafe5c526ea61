import type { ContentScriptContext } from 'wxt/utils/content-script-context'
import { findCard } from '../../lib/bitrix24/page/card-model.ts'
import { numberOfClick } from '../../lib/bitrix24/page/phone-link.ts'
import type { Background } from './connect-to-background.ts'

/** The event in which `portal-page.content` hands over a call that Bitrix24 wanted to place. */
const PHONE_TO = 'prozvon:phone-to'

/**
 * Takes clicks on phone numbers before Bitrix24 sees them: a capturing listener on `window` runs
 * before its own listeners on `document` and before the link's inline handler.
 */
export function catchPhoneClicks(ctx: ContentScriptContext, background: Background): void {
  const dial = (number: string): void => {
    const card = findCard(document, location.pathname)
    background.tellPhoneClick(number.slice(0, 64), card && { portal: location.origin, ...card })
  }

  ctx.addEventListener(
    window,
    'click',
    (event) => {
      // A page's script may click links as well; only a person may place calls.
      if (!event.isTrusted || !background.orders()?.takesCalls) return
      if (event.button !== 0 || event.ctrlKey || event.metaKey) return
      const number = numberOfClick(event.composedPath())
      if (number === null) return
      event.preventDefault()
      event.stopImmediatePropagation()
      dial(number)
    },
    { capture: true },
  )

  if (window !== window.top) return
  ctx.addEventListener(window, PHONE_TO as 'click', (event) => {
    // The page's world can forge this event: without a person's recent click it is no order.
    const number: unknown = (event as unknown as CustomEvent).detail
    if (typeof number !== 'string' || !background.orders()?.takesCalls) return
    if (!navigator.userActivation.isActive) return
    event.preventDefault()
    dial(number)
  })
}
