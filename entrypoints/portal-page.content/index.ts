import { defineContentScript } from 'wxt/utils/define-content-script'

/** Told to `card.content` in the isolated world; it may take the call by `preventDefault`. */
const PHONE_TO = 'prozvon:phone-to'

type PhoneTo = (this: unknown, number: unknown, ...rest: unknown[]) => unknown

/**
 * Runs in the page's own world, top frame only. Call buttons that are no links (client block,
 * kanban, timeline) call `BXIM.phoneTo` or `BX.Messenger.Public.startPhoneCall`: both are wrapped,
 * so that such a click may dial through the softphone. The originals stay callable.
 */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_start',
  world: 'MAIN',
  main() {
    const page = window as unknown as Record<string, unknown>
    whenAssigned(page, 'BXIM', (messenger) => wrap(messenger, 'phoneTo'))
    whenAssigned(page, 'BX', (bx) =>
      whenAssigned(bx, 'Messenger', (messenger) =>
        whenAssigned(messenger, 'Public', (api) => wrap(api, 'startPhoneCall')),
      ),
    )
  },
})

/** Calls back now or when the page assigns the property, which the messenger's bundle does late. */
function whenAssigned(
  owner: Record<string, unknown>,
  name: string,
  act: (value: Record<string, unknown>) => void,
): void {
  const isUsable = (value: unknown): value is Record<string, unknown> =>
    (typeof value === 'object' && value !== null) || typeof value === 'function'
  let current = owner[name]
  if (isUsable(current)) act(current)
  const descriptor = Object.getOwnPropertyDescriptor(owner, name)
  if (descriptor && !descriptor.configurable) return
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (value: unknown) => {
      current = value
      if (isUsable(value)) act(value)
    },
  })
}

function wrap(owner: Record<string, unknown>, name: string): void {
  let original = owner[name] as PhoneTo | undefined
  const ours: PhoneTo = function (number, ...rest) {
    const event = new CustomEvent(PHONE_TO, { detail: String(number), cancelable: true })
    // dispatchEvent tells false when the isolated world has taken the call.
    return window.dispatchEvent(event) ? original?.call(this, number, ...rest) : undefined
  }
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: true,
    get: () => (original ? ours : undefined),
    set: (value: PhoneTo | undefined) => {
      original = value
    },
  })
}
