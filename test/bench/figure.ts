import type { Summary } from './samples.ts'

export type Unit = 'ms' | 'bytes' | 'count' | 'per second'

/** One thing that was measured, what it should be, and what stands beside it. */
export interface Figure {
  what: string
  unit: Unit
  measured: Summary
  /** The worst that is good enough: the most, for rates the least. Null = information only. */
  limit: number | null
  /** A limit that the product must keep; the others are aims. */
  isHard: boolean
  beside: readonly Beside[]
  /** What a reader must know to take the figure for what it is. */
  note?: string
}

/** A named peer or a physical limit, measured in the same run and in the figure's unit. */
export interface Beside {
  what: string
  measured: Summary
}

/**
 * Whether a figure keeps its limit; null without one. Judged by p95: who waits once in twenty
 * times isn't helped by the median.
 */
export function isMet({ unit, measured, limit }: Figure): boolean | null {
  if (limit === null) return null
  return unit === 'per second' ? measured.p95 >= limit : measured.p95 <= limit
}

/** Hard limits that aren't kept: with any of these the bench fails. */
export function brokenLimits(figures: readonly Figure[]): Figure[] {
  return figures.filter((figure) => figure.isHard && isMet(figure) === false)
}

/** How many times the peer's median the figure's is. */
export function ratioTo({ measured }: Figure, beside: Beside): number {
  return measured.median / beside.measured.median
}
