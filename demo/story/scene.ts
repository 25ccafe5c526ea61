import type { Browser, Frame, Page } from 'puppeteer-core'
import type { PanelDriver } from '../../test/support/panel-driver.ts'
import { waitFor } from '../../test/support/wait-for.ts'
import type { Witness } from '../report.ts'
import type { Demo } from '../start.ts'

/** What a scene of the story plays with. */
export interface Stage {
  browser: Browser
  demo: Demo
  witness: Witness
  language: 'ru' | 'uk'
  openLead(id: number): Promise<{ page: Page; panel: PanelDriver }>
}

/** Plays one part; answers the browser that is running afterwards. */
export type Scene = (stage: Stage) => Promise<Browser>

/** The frame of a card inside its slider. */
export function cardFrame(page: Page, kind: string, id: number): Promise<Frame> {
  return waitFor(`the ${kind} card`, () =>
    page
      .frames()
      .find((frame) => frame.url().includes(`/crm/${kind}/details/${id}/`) && frame.parentFrame()),
  )
}

/** Clicks the card's own phone link, the n-th of them. */
export async function clickPhone(page: Page, leadId: number, index = 0): Promise<void> {
  const frame = await cardFrame(page, 'lead', leadId)
  const link = `[data-cid="PHONE"] a.crm-entity-phone-number`
  await frame.waitForSelector(link)
  const links = await frame.$$(link)
  await links[index]?.click()
}

/** Calls that Bitrix24's own telephony was asked to place: none may be. */
export function nativeCalls(page: Page): Promise<unknown[]> {
  return page.evaluate(
    () => (window as unknown as { __nativeCalls?: unknown[] }).__nativeCalls ?? [],
  )
}

/** Today plus some days as `YYYY-MM-DD` in Moscow, Kyiv's date differs only around midnight. */
export function dateIn(days: number, timeZone: string): string {
  const at = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
}
