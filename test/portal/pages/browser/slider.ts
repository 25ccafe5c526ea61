import type { PortalWindow, SidePanelSlider, SliderEvent, SliderOptions } from './portal-window.ts'
import { createFrame, createOverlay } from './slider-dom.ts'

const ANIMATION_MS = 200
const FRAME_POLL_MS = 200

/** What a slider tells its manager. */
export interface SliderHost {
  onOpening(slider: Slider): void
  onLoad(slider: Slider): void
  onClosed(slider: Slider): void
  bindFrame(frame: Window): void
}

/** One slider: overlay, container and iframe in the top document. */
export class Slider implements SidePanelSlider {
  readonly overlay: HTMLElement
  readonly iframe: HTMLIFrameElement
  #state: 'closed' | 'opening' | 'open' | 'closing' = 'closed'
  #isLoaded = false
  #isCacheable: boolean
  #bound = new WeakSet<Document>()
  #poll: ReturnType<typeof setInterval> | undefined
  readonly #url: string
  readonly #options: SliderOptions
  readonly #host: SliderHost

  constructor(url: string, options: SliderOptions, host: SliderHost) {
    this.#url = url
    this.#options = options
    this.#host = host
    this.#isCacheable = options.cacheable ?? true
    this.iframe = createFrame()
    this.overlay = createOverlay(this.iframe, url, () => this.close())
    if (options.isDirectVisit) this.overlay.classList.add('--direct-visit')
    this.iframe.addEventListener('load', () => this.#onFrameLoad())
  }

  getUrl(): string {
    return this.#url
  }
  isOpen(): boolean {
    return this.#state === 'open' || this.#state === 'opening'
  }
  isLoaded(): boolean {
    return this.#isLoaded
  }
  isCacheable(): boolean {
    return this.#isCacheable
  }
  setCacheable(isCacheable: boolean): void {
    this.#isCacheable = isCacheable
  }
  canChangeHistory(): boolean {
    return (
      this.#options.allowChangeHistory !== false &&
      !/^\/bitrix\/(components|tools)\//.test(this.#url)
    )
  }
  getTitle(): string {
    return this.iframe.contentDocument?.title ?? ''
  }

  /** Order of events: onOpen, onOpenStart, onOpening, onBeforeOpenComplete, onOpenComplete. */
  open(): boolean {
    if (this.isOpen() || !this.#fire('onOpen')) return false
    this.#state = 'opening'
    this.#fire('onOpenStart')
    // An operator who is typing in the page loses the focus here.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    this.#host.onOpening(this)
    this.#load()
    this.#fire('onOpening')
    this.overlay.classList.add('--opening')
    setTimeout(() => this.#completeOpening(), ANIMATION_MS)
    return true
  }

  close(): void {
    if (!this.isOpen() || !this.#fire('onClose')) return
    this.#state = 'closing'
    this.#fire('onCloseStart')
    this.overlay.classList.remove('--open', '--opening')
    this.overlay.classList.add('--closing')
    this.#fire('onClosing')
    setTimeout(() => this.#completeClosing(), ANIMATION_MS)
  }

  /** Takes the slider out of the document; a card does this on every close. */
  destroy(): void {
    this.#fire('onDestroy')
    clearInterval(this.#poll)
    this.overlay.remove()
    this.#fire('onDestroyComplete')
  }

  fireEscape(): void {
    this.#fire('onEscapePress')
  }

  #completeOpening(): void {
    if (this.#state !== 'opening') return
    this.#fire('onBeforeOpenComplete')
    this.#state = 'open'
    this.overlay.classList.remove('--opening')
    this.overlay.classList.add('--open')
    this.#fire('onOpenComplete')
    if (this.#isLoaded) this.#afterLoad()
  }

  #completeClosing(): void {
    this.#fire('onBeforeCloseComplete')
    this.#state = 'closed'
    this.overlay.classList.remove('--closing')
    this.#host.onClosed(this)
    this.#fire('onCloseComplete')
    if (!this.#isCacheable) this.destroy()
  }

  /** First about:blank, then the address with the IFRAME parameters that nobody sees. */
  #load(): void {
    if (this.#isLoaded) return
    const address = new URL(this.#url, location.href)
    address.searchParams.set('IFRAME', 'Y')
    address.searchParams.set('IFRAME_TYPE', 'SIDE_SLIDER')
    this.iframe.src = address.href
    this.#poll = setInterval(() => this.#pollFrame(), FRAME_POLL_MS)
  }

  /** A frame counts as loaded when its document is interactive, before its `load`. */
  #pollFrame(): void {
    if (hasContent(this.iframe) && this.iframe.contentDocument?.readyState !== 'loading') {
      this.#onFrameReady()
    }
  }

  #onFrameLoad(): void {
    if (!hasContent(this.iframe)) return
    if (!this.#isLoaded) this.#onFrameReady()
    else this.#onFrameAgain()
  }

  #onFrameReady(): void {
    clearInterval(this.#poll)
    this.#isLoaded = true
    this.overlay.querySelector('.side-panel-loader')?.remove()
    this.#bindFrame()
    this.#fire('onLoad')
    if (this.#state === 'open') this.#afterLoad()
  }

  /** `load` after the poll, or a card that reloaded itself: the same element, a new document. */
  #onFrameAgain(): void {
    if (this.#bindFrame()) this.#fire('onReload')
  }

  #afterLoad(): void {
    this.overlay.firstElementChild?.setAttribute('aria-label', this.getTitle())
    this.#host.onLoad(this)
    this.iframe.contentWindow?.focus()
  }

  /** False when this very document has been bound before. */
  #bindFrame(): boolean {
    const frame = this.iframe.contentWindow
    if (!frame || this.#bound.has(frame.document)) return false
    this.#bound.add(frame.document)
    this.#host.bindFrame(frame)
    return true
  }

  /** In the top window, and in the frame by its own BX. False when a handler denied it. */
  #fire(name: string): boolean {
    let isAllowed = true
    const event: SliderEvent = {
      getName: () => `SidePanel.Slider:${name}`,
      getSlider: () => this,
      denyAction: () => {
        isAllowed = false
      },
      isActionAllowed: () => isAllowed,
    }
    this.#options.events?.[name]?.(event)
    const page = window as unknown as PortalWindow
    page.BX.onCustomEvent(this, event.getName(), [event])
    const frame = this.iframe.contentWindow as unknown as PortalWindow | null
    frame?.BX?.onCustomEvent(this, event.getName(), [event])
    return isAllowed
  }
}

function hasContent(iframe: HTMLIFrameElement): boolean {
  const address = iframe.contentWindow?.location.href
  return address !== undefined && address !== 'about:blank'
}
