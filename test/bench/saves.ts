import type { SandboxPortal } from '../portal/server.ts'
import { leadAtPortal } from '../support/lead-at-portal.ts'
import { openLead } from '../support/portal-driver.ts'
import { waitFor } from '../support/wait-for.ts'
import { pressSave, type SaveTimes } from './press-save.ts'
import type { BenchLead, Stage } from './stage.ts'

/** How the portal is while a result is being saved. */
export type Situation = 'well' | 'slow' | 'away'

/** How late a slow portal answers, in milliseconds. */
export const SLOW_MS = 2_000

/** What a worked lead cost the portal. */
export interface Cost {
  /** REST requests. */
  requests: number
  /** Methods called in them: the requests that it takes without batches. */
  methods: number
}

export interface SavedLead {
  times: SaveTimes
  cost: Cost
}

/**
 * Works each lead to its end: opens its card, calls (nobody has the number: 404 at once), chooses
 * a result, saves it, and sees it arrive at the portal.
 */
export async function measureSaves(
  stage: Stage,
  situation: Situation,
  leads: readonly BenchLead[],
): Promise<SavedLead[]> {
  const { portal } = stage.stands
  const saved: SavedLead[] = []
  for (const lead of leads) {
    const before = portal.requests.length
    await workUpToSaving(stage, lead)
    await bringAbout(portal, situation)
    const times = await (await stage.panel.frame()).evaluate(pressSave)
    if (situation === 'away') await portal.comeBack()
    else await arrival(portal, lead)
    saved.push({ times, cost: costOf(portal.requests.slice(before)) })
  }
  return saved
}

async function workUpToSaving({ stands, page, panel }: Stage, lead: BenchLead): Promise<void> {
  await openLead(page, stands.portal.origin, lead.id)
  await panel.see(lead.company)
  // What only REST tells: the card has been read.
  await panel.see(panel.t('lead.attempt', { n: 1, max: 3 }))
  await panel.pressPrimary('call')
  await panel.see(panel.t('outcome.group.refusal'))
  await panel.press('КОНКУРЕНТ')
  await (await panel.frame()).waitForSelector(SAVE)
}
const SAVE = '[data-primary="save"]:not([aria-disabled="true"])'

async function bringAbout(portal: SandboxPortal, situation: Situation): Promise<void> {
  if (situation === 'slow') portal.failNext({ kind: 'delay', delayMs: SLOW_MS })
  if (situation === 'away') await portal.goAway()
}

/** Waits until the result has arrived. */
export async function arrival(portal: SandboxPortal, lead: BenchLead): Promise<void> {
  await waitFor(
    `the result of ${lead.company} at the portal`,
    () => leadAtPortal(portal, lead.id).calls.length > 0,
    120_000,
  )
}

function costOf(requests: SandboxPortal['requests']): Cost {
  return {
    requests: requests.length,
    methods: requests.reduce((sum, { commands }) => sum + Math.max(1, commands.length), 0),
  }
}
