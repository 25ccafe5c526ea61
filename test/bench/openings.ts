import type { Frame, Page } from 'puppeteer-core'
import { CARD_CONTAINER, CARD_PHONE_LINKS } from '../../lib/bitrix24/page/selectors.ts'
import { waitFor } from '../support/wait-for.ts'
import {
  type Awaited,
  type BenchWindow,
  clockOffsetMs,
  type Sightings,
  watchForLead,
} from './in-page.ts'
import type { BenchLead, Stage } from './stage.ts'

/** One opening of a card; all in milliseconds after its container stood in its document. */
export interface Opening {
  /** Until company and first phone stood in the panel's document. */
  namedMs: number
  /** Until they had been painted. */
  paintedMs: number
  /** Until the card's own phone link was drawn. */
  linkMs: number
  /** From the document's first byte until they stood in the panel's document. */
  sinceFirstByteMs: number
}

/** How a card is opened: in a slider over the list, or by its own address in a new page load. */
export type Way = 'slider' | 'visit'

/** Opens each lead's card, for the first time, and tells how soon the panel knew the client. */
export async function measureOpenings(
  stage: Stage,
  way: Way,
  leads: readonly BenchLead[],
): Promise<Opening[]> {
  const { page, stands } = stage
  const openings: Opening[] = []
  if (way === 'slider') await page.goto(`${stands.portal.origin}/crm/lead/list/`)
  for (const lead of leads) {
    const awaited = signsOf(lead)
    const { identifier } = await page.evaluateOnNewDocument(watchForLead, awaited)
    if (way === 'slider') {
      await (await stage.panel.frame()).evaluate(watchForLead, awaited)
      await openSlider(page, lead)
    } else {
      await page.goto(`${stands.portal.origin}/crm/lead/details/${lead.id}/`)
    }
    openings.push(await openingOf(stage, lead))
    await page.removeScriptToEvaluateOnNewDocument(identifier)
    if (way === 'slider') await closeSlider(page)
  }
  return openings
}

/** By how much the clocks of the card's frame and the panel's frame differ now. */
export async function clockDifferenceMs({ page, panel }: Stage): Promise<number> {
  const inPage = await page.mainFrame().evaluate(clockOffsetMs)
  const inPanel = await (await panel.frame()).evaluate(clockOffsetMs)
  return Math.abs(inPage - inPanel)
}

function signsOf({ company, phone }: BenchLead): Awaited {
  return {
    company,
    phoneDigits: phone.slice(2),
    cardContainer: CARD_CONTAINER,
    cardPhoneLink: CARD_PHONE_LINKS,
  }
}

async function openSlider(page: Page, { id }: BenchLead): Promise<void> {
  const link = `a[href*="/crm/lead/details/${id}/"]`
  await page.waitForSelector(link)
  await page.$eval(link, (element) => (element as HTMLElement).click())
}

async function closeSlider(page: Page): Promise<void> {
  await page.locator('.side-panel-overlay.--open .side-panel-label.--close-label').click()
  await page.waitForFunction(() => !document.querySelector('.side-panel-overlay'))
  // A person looks for the next lead meanwhile; the portal's rate limit wants it, too.
  await new Promise((resolve) => setTimeout(resolve, 500))
}

async function openingOf({ page, panel }: Stage, { id, company }: BenchLead): Promise<Opening> {
  const inPanel = await waitFor(`${company} in the panel`, async () => {
    const seen = await sightingsIn(await panel.frame())
    return seen?.paintedAt ? seen : null
  })
  const inCard = await waitFor(`the phone link of ${company}`, async () => {
    const card = page
      .frames()
      .find((frame) => frame.url().includes(`/details/${id}/`) && frame.parentFrame())
    const seen = card && (await sightingsIn(card))
    return seen?.linkAt ? seen : null
  })
  const after = (at: number | null, since: number | null) => (at ?? Number.NaN) - (since ?? 0)
  return {
    namedMs: after(inPanel.namedAt, inCard.containerAt),
    paintedMs: after(inPanel.paintedAt, inCard.containerAt),
    linkMs: after(inCard.linkAt, inCard.containerAt),
    sinceFirstByteMs: after(inPanel.namedAt, inCard.firstByteAt),
  }
}

/** Null while the frame is being replaced. */
async function sightingsIn(frame: Frame): Promise<Sightings | null> {
  return frame.evaluate(() => (window as BenchWindow).benchSightings ?? null).catch(() => null)
}
