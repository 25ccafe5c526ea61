import type { Carrier } from '../contracts/delivery.ts'
import type { StoredEffect } from '../contracts/effect.ts'

/**
 * What one card has for one destination, oldest first. Results go in their order: only the
 * effects of the oldest unfinished attempt (`head`) move; the rest wait behind them.
 */
export interface Lane {
  carrier: Carrier | null
  head: StoredEffect[]
  behind: StoredEffect[]
}

/** An effect still on its way; a refused one waits for a person and holds nobody up. */
export function isPending({ state }: StoredEffect): boolean {
  return state === 'waiting' || state === 'sending' || state === 'doubt'
}

/** Sorts pending effects into lanes, the one that is due first in front. */
export function lanesOf(effects: readonly StoredEffect[], carriers: readonly Carrier[]): Lane[] {
  const carrierOf = (stored: StoredEffect) =>
    carriers.find(({ types }) => types.includes(stored.effect.type)) ?? null
  const lanes = new Map<string, Lane>()
  const pending = effects.filter(isPending).sort((a, b) => a.seq - b.seq)
  for (const stored of pending) {
    const carrier = carrierOf(stored)
    const key = `${carrier === null ? -1 : carriers.indexOf(carrier)}|${stored.cardKey}`
    const lane = lanes.get(key) ?? { carrier, head: [], behind: [] }
    lanes.set(key, lane)
    const isHead = lane.head.every(({ attemptId }) => attemptId === stored.attemptId)
    if (isHead) lane.head.push(stored)
    else lane.behind.push(stored)
  }
  return [...lanes.values()].sort((a, b) => dueAtOf(a) - dueAtOf(b))
}

/** When a lane can move next, epoch milliseconds: doubts are cleared before anything is sent. */
export function dueAtOf({ head }: Lane): number {
  const doubts = head.filter(({ state }) => state !== 'waiting')
  return Math.min(...(doubts.length > 0 ? doubts : head).map(({ dueAt }) => dueAt))
}
