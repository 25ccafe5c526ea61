/**
 * Functions that are sent into pages: each stands alone, nothing outside its body exists there.
 * Instants are `performance.timeOrigin + performance.now()`, the clock that all frames share.
 */

/** The lead that is about to be opened, and where its signs stand. */
export interface Awaited {
  company: string
  /** Its first phone: the digits that follow the country's code. */
  phoneDigits: string
  cardContainer: string
  cardPhoneLink: string
}

/** When a frame saw what; null = not (yet). */
export interface Sightings {
  /** The first byte of the frame's document arrived. */
  firstByteAt: number | null
  /** The card's container stood in the card's document. */
  containerAt: number | null
  /** The card's own phone link was drawn. */
  linkAt: number | null
  /** Company and first phone stood in the panel's document. */
  namedAt: number | null
  /** … and had been painted. */
  paintedAt: number | null
}

export type BenchWindow = { benchSightings?: Sightings }

/** Notes when the awaited lead is seen in this frame, be it the card's or the panel's. */
export function watchForLead(awaited: Awaited): void {
  const seen: Sightings = {
    firstByteAt: null,
    containerAt: null,
    linkAt: null,
    namedAt: null,
    paintedAt: null,
  }
  ;(window as BenchWindow).benchSightings = seen
  const isPanel = location.protocol === 'chrome-extension:'
  const now = () => performance.timeOrigin + performance.now()
  const digitsOf = (element: Element | null) => element?.textContent?.replace(/\D/g, '') ?? ''

  const observer = new MutationObserver(isPanel ? lookInPanel : lookInCard)
  observer.observe(document, { childList: true, subtree: true, characterData: true })

  function lookInPanel(): void {
    const company = document.querySelector('h1')?.textContent ?? ''
    const phone = digitsOf(document.querySelector('fieldset label'))
    if (company !== awaited.company || !phone.includes(awaited.phoneDigits)) return
    observer.disconnect()
    seen.namedAt = now()
    requestAnimationFrame(() => {
      // A task after a frame's callbacks runs when that frame has been painted.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        seen.paintedAt = now()
      }
      port2.postMessage(null)
    })
  }

  function lookInCard(): void {
    if (seen.containerAt === null && document.querySelector(awaited.cardContainer)) {
      seen.containerAt = now()
      const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      seen.firstByteAt = visit ? performance.timeOrigin + visit.responseStart : null
    }
    if (seen.containerAt === null || !document.querySelector(awaited.cardPhoneLink)) return
    seen.linkAt = now()
    observer.disconnect()
  }
}

/** By how much this frame's clock is ahead of the machine's, in milliseconds; good to 0.2 ms. */
export function clockOffsetMs(): number {
  const offsets: number[] = []
  while (offsets.length < 7) {
    const before = Date.now()
    let tick = before
    while (tick === before) tick = Date.now()
    offsets.push(performance.timeOrigin + performance.now() - tick)
  }
  return Math.min(...offsets)
}
