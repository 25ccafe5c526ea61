import type { Frame, Page } from 'puppeteer-core'
import type { Language } from '../../lib/contracts/common.ts'
import { createTranslator, type Translate } from '../../lib/locales/index.ts'
import { buttonOf, fieldOf } from './selectors.ts'
import { waitFor } from './wait-for.ts'

/** Works the panel as an operator does: by what stands on buttons and in labels. */
export interface PanelDriver {
  readonly t: Translate
  /** Everything that can be read in the panel now. */
  text(): Promise<string>
  /** Waits until the panel shows this text. */
  see(text: string, timeoutMs?: number): Promise<void>
  /** Presses the button of this name; a name may be a part of it. */
  press(name: string): Promise<void>
  /** Presses the one primary action, whichever it is now. */
  pressPrimary(kind: 'call' | 'hangUp' | 'save' | 'done'): Promise<void>
  openTab(tab: 'client' | 'script' | 'result'): Promise<void>
  /** Types into the field of this label, replacing what was there. */
  type(label: string, text: string): Promise<void>
  value(label: string): Promise<string>
  /** Fills in the date and time on screen: `2026-03-04`, `13:37`. */
  setDateTime(date: string, time: string): Promise<void>
  /** Loudness of both sides as the bars show it, 0 … 1. */
  levels(): Promise<number[]>
  frame(): Promise<Frame>
}

export function drivePanel(page: Page, language: Language): PanelDriver {
  const t = createTranslator(language)

  /** The frame is a new one after each reload of the page. */
  function frame(): Promise<Frame> {
    return waitFor('the panel’s frame', async () => {
      for (const frame of page.frames()) {
        if (!frame.detached && (await pathOf(frame)) === '/panel.html') return frame
      }
      return null
    })
  }
  const inPanel = async <T>(act: (frame: Frame) => Promise<T>): Promise<T> => act(await frame())
  const text = () => inPanel((frame) => frame.evaluate(() => document.body.textContent))
  const click = (selector: string) =>
    inPanel((frame) => frame.locator(selector).setTimeout(15_000).click())

  return {
    t,
    frame,
    text,
    async see(wanted, timeoutMs = 15_000) {
      const flat = (words: string) => words.replace(/\s+/g, ' ').toLowerCase()
      const isSeen = async () => flat(await text().catch(() => '')).includes(flat(wanted))
      await waitFor(`«${wanted}» in the panel`, isSeen, timeoutMs).catch(async (error) => {
        throw new Error(`${error.message}; it shows: ${flat(await text()).slice(0, 1500)}`)
      })
    },
    press: (name) => click(buttonOf(name)),
    pressPrimary: (kind) => click(`[data-primary="${kind}"]:not([aria-disabled="true"])`),
    openTab: (tab) => click(`#tab-${tab}`),
    async type(label, typed) {
      await inPanel((frame) => frame.locator(fieldOf(label)).setTimeout(15_000).fill(typed))
    },
    value: (label) =>
      inPanel(async (frame) => {
        const field = await frame.waitForSelector(fieldOf(label), { timeout: 15_000 })
        return (await field?.evaluate((element) => (element as HTMLInputElement).value)) ?? ''
      }),
    async setDateTime(date, time) {
      for (const [type, value] of [
        ['date', date],
        ['time', time],
      ] as const) {
        await inPanel(async (frame) => {
          const field = await frame.waitForSelector(`input[type="${type}"]`, { timeout: 15_000 })
          // React sees only what goes through the element's own setter.
          await field?.evaluate((element, value) => {
            const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
            own?.set?.call(element, value)
            element.dispatchEvent(new Event('input', { bubbles: true }))
          }, value)
        })
      }
    },
    levels: () =>
      inPanel((frame) =>
        frame.$$eval('[role="meter"]', (meters) =>
          meters.map((meter) => Number(meter.getAttribute('aria-valuenow')) / 100),
        ),
      ),
  }
}

/** Firefox does not tell that an extension's page has loaded: there the document itself is asked. */
async function pathOf(frame: Frame): Promise<string> {
  if (frame.url() !== 'about:blank') return URL.parse(frame.url())?.pathname ?? ''
  return frame.evaluate(() => location.pathname).catch(() => '')
}
