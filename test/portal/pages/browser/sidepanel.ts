import type { PortalWindow, SidePanelManager, SliderOptions } from './portal-window.ts'
import { Slider, type SliderHost } from './slider.ts'

/** ZIndexManager: base 1000, step 50, brought to the front on open. */
const Z_BASE = 1000
const Z_STEP = 50

/** What opens in a slider by itself. Bitrix24's own rules ignore case too. */
const RULES: { pattern: RegExp; cacheable: boolean }[] = [
  { pattern: /\/crm\/(lead|contact|deal)\/details\/\d+\//i, cacheable: false },
  { pattern: /\/type\/\d+\/details\/\d+\//i, cacheable: false },
  // The company's rule leaves it cacheable; the card itself says otherwise when it is ready.
  { pattern: /\/crm\/company\/details\/\d+\//i, cacheable: true },
]

class SliderManager implements SidePanelManager, SliderHost {
  #open: Slider[] = []
  #cached: Slider[] = []
  #pageUrl = ''
  #pageTitle = ''

  constructor() {
    this.bindAnchors(document)
    this.bindEscape(document)
  }

  open(url: string, options: SliderOptions = {}): boolean {
    const top = this.getTopSlider()
    if (top?.isOpen() && top.getUrl() === url) return false
    // Cached sliders leave the document when another one opens.
    for (const slider of this.#cached.filter((candidate) => candidate.getUrl() !== url)) {
      slider.destroy()
    }
    const cached = this.#cached.find((candidate) => candidate.getUrl() === url)
    this.#cached = []
    return (cached ?? new Slider(url, options, this)).open()
  }

  close(): void {
    this.getTopSlider()?.close()
  }

  getTopSlider(): Slider | null {
    return this.#open.at(-1) ?? null
  }

  getSliderByWindow(frame: Window): Slider | null {
    return this.#open.find((slider) => slider.iframe.contentWindow === frame) ?? null
  }

  onOpening(slider: Slider): void {
    if (this.#open.length === 0) {
      this.#pageUrl = location.href
      this.#pageTitle = document.title
      lockScrollbar(true)
    }
    // `--hidden` on an overlay only means that another slider stands above it.
    this.getTopSlider()?.overlay.classList.add('--hidden')
    this.#open.push(slider)
    slider.overlay.style.zIndex = String(Z_BASE + this.#open.length * Z_STEP)
    const container = document.getElementById('a11y-slider-container') ?? document.body
    if (!slider.overlay.isConnected) container.append(slider.overlay)
  }

  onLoad(slider: Slider): void {
    if (slider === this.getTopSlider()) this.#showAddress()
  }

  onClosed(slider: Slider): void {
    this.#open = this.#open.filter((candidate) => candidate !== slider)
    if (slider.isCacheable()) this.#cached.push(slider)
    this.getTopSlider()?.overlay.classList.remove('--hidden')
    if (this.#open.length === 0) lockScrollbar(false)
    this.#showAddress()
    const below = this.getTopSlider()
    if (below) below.iframe.contentWindow?.focus()
    else window.focus()
  }

  bindFrame(frame: Window): void {
    this.bindAnchors(frame.document)
    this.bindEscape(frame.document)
  }

  /** replaceState, never pushState, and only for a slider that is open and loaded. */
  #showAddress(): void {
    const top = this.#open.findLast((slider) => slider.isLoaded() && slider.canChangeHistory())
    history.replaceState({}, '', top ? top.getUrl() : this.#pageUrl)
    document.title = top ? top.getTitle() : this.#pageTitle
  }

  /** One listener of the capture phase on each document: left button, no modifier, a known link. */
  bindAnchors(target: Document): void {
    target.addEventListener(
      'click',
      (event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey) return
        // Inside a shadow root the event is retargeted to the host: no link is found there.
        const anchor = (event.target as Element | null)?.closest?.('a')
        if (!anchor || anchor.hasAttribute('data-slider-ignore-autobinding')) return
        const rule = RULES.find(({ pattern }) => pattern.test(anchor.href))
        if (!rule) return
        event.preventDefault()
        const url = new URL(anchor.href)
        this.open(url.pathname + url.search, { cacheable: rule.cacheable })
      },
      true,
    )
  }

  /** Esc closes the top slider, unless something else than a slider covers the viewport's centre. */
  bindEscape(target: Document): void {
    target.addEventListener('keydown', (event) => {
      const slider = this.getTopSlider()
      if (event.key !== 'Escape' || !slider) return
      const center = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
      if (!center?.closest('.side-panel')) return
      slider.fireEscape()
      slider.close()
    })
  }
}

function lockScrollbar(isLocked: boolean): void {
  const scrollbarWidth = innerWidth - document.documentElement.clientWidth
  document.body.style.paddingRight = isLocked ? `${scrollbarWidth}px` : ''
  document.body.classList.toggle('side-panel-disable-scrollbar', isLocked)
}

const page = window as unknown as PortalWindow
page.BX.SidePanel = { Instance: new SliderManager() }
