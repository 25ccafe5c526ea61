import { timeReads } from './extension-limits.ts'
import type { Beside, Figure } from './figure.ts'
import { clockDifferenceMs, measureOpenings, type Opening } from './openings.ts'
import { summarise } from './samples.ts'
import type { Stage } from './stage.ts'

const OPENINGS = 40
const LIMIT_MS = 150

/** How soon the panel shows who is to be called, after the card has begun to appear. */
export async function measurePanel(stage: Stage): Promise<Figure[]> {
  const sliderLeads = await stage.createLeads(OPENINGS)
  const inSlider = await measureOpenings(stage, 'slider', sliderLeads)
  const clocks = await clockDifferenceMs(stage)
  const visited = await measureOpenings(stage, 'visit', await stage.createLeads(OPENINGS))
  const page = await stage.extensionPage()
  const reads = await timeReads(page, stage, sliderLeads)
  await page.close()

  const read = {
    what: 'one REST read of the lead, portal on this machine',
    measured: summarise(reads),
  }
  const column = (openings: Opening[], key: keyof Opening) =>
    summarise(openings.map((opening) => opening[key]))
  const beside = (openings: Opening[]): Beside[] => [
    { what: 'the card’s own phone link, drawn by the page', measured: column(openings, 'linkMs') },
    read,
  ]
  return [
    {
      what: 'Name and phone in the panel, card opened in a slider',
      unit: 'ms',
      measured: column(inSlider, 'namedMs'),
      limit: LIMIT_MS,
      isHard: true,
      beside: beside(inSlider),
      note: `the frames’ clocks differ by ${clocks.toFixed(1)} ms`,
    },
    {
      what: '… painted',
      unit: 'ms',
      measured: column(inSlider, 'paintedMs'),
      limit: null,
      isHard: false,
      beside: [],
    },
    {
      what: '… since the first byte of the card’s document',
      unit: 'ms',
      measured: column(inSlider, 'sinceFirstByteMs'),
      limit: null,
      isHard: false,
      beside: [],
    },
    {
      what: 'Name and phone in the panel, card’s address visited',
      unit: 'ms',
      measured: column(visited, 'namedMs'),
      limit: LIMIT_MS,
      isHard: false,
      beside: beside(visited),
      note: 'page, panel and card all start anew; this portal answers at once, a real one doesn’t',
    },
  ]
}
