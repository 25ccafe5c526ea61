import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PageOrders } from '../../lib/contracts/messages.ts'
import { catchPhoneClicks } from './catch-phone-clicks.ts'

const LINK = '<a class="crm-entity-phone-number" href="callto://+74951230001">+7 495…</a>'
const CARD = `<div class="crm-entity-wrap" id="lead_12_details_container">${LINK}</div>`
const LIST = `<table><tr class="main-grid-row" data-id="12"><td>
  <a href="/crm/lead/details/12/">ООО «Южный»</a>
  <a class="crm-client-contacts-block-text-tel" href="callto://+74951230001">+7 495…</a>
</td></tr></table>`

let orders: PageOrders
const tellPhoneClick = vi.fn()
let page: AbortController

beforeEach(() => {
  page = new AbortController()
  orders = {
    type: 'page.orders',
    takesCalls: true,
    hasCard: true,
    presence: 'panel',
    layout: { side: 'right', width: 400, collapsed: false },
  }
  tellPhoneClick.mockClear()
  vi.stubGlobal('navigator', { userActivation: { isActive: true } })
  const addEventListener = (target: EventTarget, type: string, listener: never, options = {}) =>
    target.addEventListener(type, listener, { ...options, signal: page.signal })
  catchPhoneClicks({ addEventListener } as never, { orders: () => orders, tellPhoneClick })
})
afterEach(() => {
  page.abort()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

/** A person's click on the phone link; tells whether Bitrix24 got to see it. */
function click(): { isLeft: boolean } {
  const reached = vi.fn()
  document.addEventListener('click', reached, { signal: page.signal })
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true })
  Object.defineProperty(event, 'isTrusted', { value: true })
  document.querySelector('a[href^="callto"]')?.dispatchEvent(event)
  return { isLeft: reached.mock.calls.length === 1 && !event.defaultPrevented }
}

/** Bitrix24's page wants to place a call by itself; tells whether it is left to do so. */
function phoneTo(): { isLeft: boolean } {
  const event = new CustomEvent('prozvon:phone-to', { detail: '+74951230001', cancelable: true })
  return { isLeft: window.dispatchEvent(event) }
}

describe('a click on a number', () => {
  it('in a card is ours', () => {
    document.body.innerHTML = CARD
    expect(click()).toEqual({ isLeft: false })
    const card = { portal: location.origin, kind: 'lead', id: 12 }
    expect(tellPhoneClick).toHaveBeenCalledExactlyOnceWith('+74951230001', card)
  })

  it('in a list is Bitrix24’s, even while a card is open over it', () => {
    document.body.innerHTML = LIST
    expect(click()).toEqual({ isLeft: true })
    expect(tellPhoneClick).not.toHaveBeenCalled()
  })

  it('in a card is Bitrix24’s while no phone is set up', () => {
    document.body.innerHTML = CARD
    orders = { ...orders, takesCalls: false }
    expect(click()).toEqual({ isLeft: true })
  })
})

describe('a call button that is no link', () => {
  it('calls for the card on top of the tab', () => {
    expect(phoneTo()).toEqual({ isLeft: false })
    expect(tellPhoneClick).toHaveBeenCalledExactlyOnceWith('+74951230001', null)
  })

  it('is left to Bitrix24 where no card is open, as on the kanban', () => {
    orders = { ...orders, hasCard: false }
    expect(phoneTo()).toEqual({ isLeft: true })
    expect(tellPhoneClick).not.toHaveBeenCalled()
  })
})
