const BUCKET_MS = 60_000
const BUCKETS = 10
/** Seconds of one method by one webhook in ten minutes (Bitrix24 docs: limits.md). */
const THRESHOLD_S = 480

/** What `time` tells of the method's running time. */
export interface OperatingTime {
  /** Seconds in the last ten minutes. */
  operating: number
  /** Unix seconds when the oldest minute drops out. */
  operating_reset_at: number
}

/** Running time of each method for each webhook, in ten buckets of a minute. */
export class OperatingLedger {
  readonly #seconds = new Map<string, Map<number, number>>()

  /** Adds a call's running time. `batch` itself doesn't count, the calls in it do. */
  add(webhook: string, method: string, seconds: number, nowMs: number): OperatingTime {
    const buckets = this.#bucketsOf(webhook, method, nowMs)
    const current = Math.floor(nowMs / BUCKET_MS)
    buckets.set(current, (buckets.get(current) ?? 0) + seconds)
    const oldest = Math.min(...buckets.keys())
    return {
      operating: sum(buckets),
      operating_reset_at: ((oldest + BUCKETS) * BUCKET_MS) / 1000,
    }
  }

  /** Has the method used up its time? The call that crosses the line is still completed. */
  isUsedUp(webhook: string, method: string, nowMs: number): boolean {
    return sum(this.#bucketsOf(webhook, method, nowMs)) >= THRESHOLD_S
  }

  #bucketsOf(webhook: string, method: string, nowMs: number): Map<number, number> {
    const key = `${webhook} ${method}`
    const buckets = this.#seconds.get(key) ?? new Map<number, number>()
    this.#seconds.set(key, buckets)
    const first = Math.floor(nowMs / BUCKET_MS) - BUCKETS + 1
    for (const minute of buckets.keys()) if (minute < first) buckets.delete(minute)
    return buckets
  }
}

function sum(buckets: Map<number, number>): number {
  return [...buckets.values()].reduce((total, seconds) => total + seconds, 0)
}
