/** Types of what the portal's scripts share in the page's world; nothing here runs. */

export type Handler = (...values: never[]) => void

export interface SliderEvent {
  getName(): string
  getSlider(): unknown
  denyAction(): void
  isActionAllowed(): boolean
}

export interface SliderOptions {
  cacheable?: boolean
  allowChangeHistory?: boolean
  /** The page under the slider is the card's own address: another width holds. */
  isDirectVisit?: boolean
  events?: Record<string, (event: SliderEvent) => void>
}

export interface SidePanelSlider {
  close(): void
  getUrl(): string
  isOpen(): boolean
  setCacheable(isCacheable: boolean): void
}

export interface SidePanelManager {
  open(url: string, options?: SliderOptions): boolean
  close(): void
  getTopSlider(): SidePanelSlider | null
  getSliderByWindow(frame: Window): SidePanelSlider | null
}

export interface Bx {
  (id: string): HTMLElement | null
  ready(callback: () => void): void
  message(words: Record<string, unknown> | string): unknown
  addCustomEvent(...values: unknown[]): void
  removeCustomEvent(...values: unknown[]): void
  onCustomEvent(...values: unknown[]): void
  PreventDefault(event: Event): false
  Event: { EventEmitter: { subscribe(name: string, handler: (event: BaseEvent) => void): void } }
  SidePanel?: { Instance: SidePanelManager }
  Messenger?: { Public: { startPhoneCall(number: string, parameters?: unknown): void } }
  Crm: Record<string, unknown>
  UI: Record<string, unknown>
}

export interface BaseEvent {
  getData(): unknown
}

export interface Bxim {
  phoneTo(number: string, parameters?: unknown): void
  openMessenger(dialogId?: string): void
}

/** A call that Bitrix24 itself would have made: what tests look at. */
export interface NativeCall {
  number: string
  parameters: unknown
}

export interface PortalWindow extends Window {
  BX: Bx
  BXIM?: Bxim
  __nativeCalls?: NativeCall[]
}
