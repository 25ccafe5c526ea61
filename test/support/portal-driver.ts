import type { Browser, Frame, Page } from 'puppeteer-core'
import { waitFor } from './wait-for.ts'

/** Opens a lead's card, as an operator does from a link; resolves when its slider has a frame. */
export async function openLead(page: Page, origin: string, id: number): Promise<Frame> {
  await page.bringToFront()
  await page.goto(`${origin}/crm/lead/details/${id}/`)
  return cardFrame(page, 'lead', id)
}

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

/** The browser's page on the portal, else its first one. */
export async function portalPage(browser: Browser, origin: string): Promise<Page> {
  const pages = await browser.pages()
  const page = pages.find((page) => page.url().startsWith(origin)) ?? pages[0]
  if (!page) throw new Error('the browser has no page')
  return page
}
