import type { PortalPlan } from './method.ts'

/** Capacity of the bucket, and how many requests leak out of it a second. */
const LIMITS: Record<PortalPlan, { capacity: number; perSecond: number }> = {
  standard: { capacity: 50, perSecond: 2 },
  enterprise: { capacity: 250, perSecond: 5 },
}

/**
 * The leaky bucket that the portal keeps for each source address; a batch is one request
 * (Bitrix24 docs: limits.md).
 */
export class RequestLimiter {
  readonly #limit: { capacity: number; perSecond: number }
  readonly #buckets = new Map<string, { level: number; atMs: number }>()

  constructor(plan: PortalPlan) {
    this.#limit = LIMITS[plan]
  }

  /** Lets a request in, or says that there are too many. */
  take(address: string, nowMs: number): boolean {
    const { capacity, perSecond } = this.#limit
    const bucket = this.#buckets.get(address) ?? { level: 0, atMs: nowMs }
    const leaked = (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond
    const level = Math.max(0, bucket.level - leaked)
    const isIn = level + 1 <= capacity
    this.#buckets.set(address, { level: isIn ? level + 1 : level, atMs: nowMs })
    return isIn
  }
}
