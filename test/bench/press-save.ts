/** How long one press of «save» took, in milliseconds by the panel's own clock. */
export interface SaveTimes {
  /** From sending `result.save` to its reply. */
  replyMs: number
  /** From the press to the panel saying «saved». */
  shownMs: number
}

type Send = (message: { type: string }, callback: (reply: unknown) => void) => void
type ExtensionWindow = { chrome: { runtime: { sendMessage: Send } } }

/**
 * Presses «save» in the panel's frame, into which this function is sent: nothing outside its body
 * exists there.
 */
export async function pressSave(): Promise<SaveTimes> {
  const { runtime } = (globalThis as unknown as ExtensionWindow).chrome
  const send = runtime.sendMessage
  const replied = new Promise<number>((resolve) => {
    runtime.sendMessage = (message, callback) => {
      const sentAt = performance.now()
      send.call(runtime, message, (reply) => {
        if (message.type === 'result.save') resolve(performance.now() - sentAt)
        callback(reply)
      })
    }
  })
  const shown = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[data-primary="done"]')) return
      observer.disconnect()
      resolve(performance.now())
    })
    observer.observe(document, { subtree: true, childList: true, attributes: true })
  })
  const pressedAt = performance.now()
  document.querySelector<HTMLElement>('[data-primary="save"]:not([aria-disabled="true"])')?.click()
  try {
    const [replyMs, shownAt] = await Promise.all([replied, shown])
    return { replyMs, shownMs: shownAt - pressedAt }
  } finally {
    runtime.sendMessage = send
  }
}
