/** How much each person may hand in: a bucket that fills evenly. Of this process alone. */
export interface Quota {
  /** Takes `count` and returns 0, or takes nothing and returns the seconds until there is enough. */
  take(personId: string, count: number): number
}

export interface QuotaOptions {
  perMinute: number
  /** The most that can be taken at once. */
  burst: number
  /** Milliseconds of a clock that never jumps. */
  now(): number
}

export function createQuota({ perMinute, burst, now }: QuotaOptions): Quota {
  const full = Math.max(perMinute, burst)
  const buckets = new Map<string, { left: number; at: number }>()

  function filled(personId: string): { left: number; at: number } {
    const at = now()
    const bucket = buckets.get(personId) ?? { left: full, at }
    return { left: Math.min(full, bucket.left + ((at - bucket.at) * perMinute) / 60_000), at }
  }

  return {
    take(personId, count) {
      const { left, at } = filled(personId)
      if (left < count) return Math.ceil(((count - left) * 60) / perMinute)
      buckets.set(personId, { left: left - count, at })
      return 0
    },
  }
}
