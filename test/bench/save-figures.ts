import { leadAtPortal } from '../support/lead-at-portal.ts'
import { waitFor } from '../support/wait-for.ts'
import { timeStrictTransactions } from './extension-limits.ts'
import type { Figure } from './figure.ts'
import { summarise } from './samples.ts'
import { measureSaves, type SavedLead, type Situation, SLOW_MS } from './saves.ts'
import type { BenchLead, Stage } from './stage.ts'

const SAVES = 40
const LIMIT_MS = 50
const REQUESTS = 2
const TRANSACTIONS = 30

/** How soon a result is saved, whatever the portal does, and what a worked lead costs it. */
export async function measureSaving(stage: Stage): Promise<Figure[]> {
  const leads: BenchLead[] = []
  const save = async (situation: Situation) => {
    const some = await stage.createLeads(SAVES)
    leads.push(...some)
    return measureSaves(stage, situation, some)
  }
  const well = await save('well')
  const slow = await save('slow')
  const away = await save('away')
  await allArrivedOnce(stage, leads)
  const page = await stage.extensionPage()
  const strict = summarise(await timeStrictTransactions(page, TRANSACTIONS))
  await page.close()

  const reply = (how: string, saved: SavedLead[]): Figure => ({
    what: `A result saved, portal ${how}`,
    unit: 'ms',
    measured: summarise(saved.map(({ times }) => times.replyMs)),
    limit: LIMIT_MS,
    isHard: true,
    beside: [{ what: 'one strict IndexedDB transaction', measured: strict }],
  })
  return [
    reply('well', well),
    reply(`${SLOW_MS / 1000} s late`, slow),
    reply('away', away),
    {
      what: '… from the press to «saved» in the panel, all three',
      unit: 'ms',
      measured: summarise([...well, ...slow, ...away].map(({ times }) => times.shownMs)),
      limit: null,
      isHard: false,
      beside: [],
    },
    {
      what: 'REST requests for one worked lead',
      unit: 'count',
      measured: summarise(well.map(({ cost }) => cost.requests)),
      limit: REQUESTS,
      isHard: true,
      beside: [
        {
          what: 'the same calls without batches',
          measured: summarise(well.map(({ cost }) => cost.methods)),
        },
      ],
    },
  ]
}

/** A fast answer is worth nothing if the result is then lost, or sent twice. */
async function allArrivedOnce({ stands }: Stage, leads: readonly BenchLead[]): Promise<void> {
  const counts = () => leads.map(({ id }) => leadAtPortal(stands.portal, id).calls.length)
  await waitFor('all results at the portal', () => counts().every((count) => count > 0), 120_000)
  if (counts().some((count) => count > 1)) throw new Error('a result arrived more than once')
}
