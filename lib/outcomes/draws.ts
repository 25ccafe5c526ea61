import {
  type DrawnTime,
  drawCallback,
  drawContactAfterLetter,
  drawRedial,
} from '../callbacks/draw.ts'
import type { DrawRequest } from '../callbacks/draw-request.ts'
import { workingDaysOf } from '../callbacks/working-days.ts'
import { readInstant } from '../callbacks/zoned-time.ts'
import type { Campaign } from '../contracts/campaign.ts'
import { isAttempt } from './attempts.ts'
import type { Situation } from './situation.ts'

/** The times that can be drawn in a situation; they don't depend on what is proposed. */
export interface Draws {
  /** The situation's clock, epoch milliseconds, whole seconds: read once like the rest. */
  now: number
  callback(): DrawnTime | null
  contactAfterLetter(): DrawnTime | null
  redial(): DrawnTime
}

/** Draws each time once, when it is first asked for, however many outcomes are then judged by it. */
export function drawsOf(campaign: Campaign, situation: Omit<Situation, 'proposal'>): Draws {
  const now = readInstant(situation.now)
  const request = once(() => requestOf(campaign, situation, now))
  return {
    now,
    callback: once(() => drawCallback(request())),
    contactAfterLetter: once(() => drawContactAfterLetter(request())),
    redial: once(() => drawRedial(request())),
  }
}

function requestOf(
  campaign: Campaign,
  situation: Omit<Situation, 'proposal'>,
  now: number,
): DrawRequest {
  return {
    now,
    zone: campaign.timeZone,
    clientZone: situation.lead.timeZone,
    calendar: workingDaysOf(campaign),
    taken: situation.taken.map(readInstant),
    earlierAttempts: situation.history
      .filter((entry) => entry.pass === situation.pass && isAttempt(entry))
      .map((entry) => readInstant(entry.at)),
    seed: situation.random,
  }
}

function once<T>(compute: () => T): () => T {
  let found: { value: T } | null = null
  return () => {
    found ??= { value: compute() }
    return found.value
  }
}
