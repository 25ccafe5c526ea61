/**
 * A fault to come, for tests of what a client does when the portal misbehaves:
 * - `before`: the connection breaks before anything is done;
 * - `after-effect-no-answer`: everything is done, then the connection breaks;
 * - `502`: the proxy answers with a page instead of JSON, nothing is done;
 * - `limit`: 503 QUERY_LIMIT_EXCEEDED, nothing is done;
 * - `delay`: done and answered as usual, but late.
 */
export type FaultKind = 'before' | 'after-effect-no-answer' | '502' | 'limit' | 'delay'

export interface FaultSpec {
  kind: FaultKind
  /** Only a request of this method, or a batch with it (any case); without it, any request. */
  method?: string
  /** How many requests it hits; 1 unless told. */
  times?: number
  /** For `delay`: how late, in milliseconds; 1000 unless told. */
  delayMs?: number
}

/** Faults that wait for their requests, first come first served. */
export class FaultQueue {
  #waiting: { spec: FaultSpec; left: number }[] = []

  add(spec: FaultSpec): void {
    this.#waiting.push({ spec, left: spec.times ?? 1 })
  }

  /** The fault that a request of these methods meets, if any; it is used up by that. */
  take(methods: readonly string[]): FaultSpec | null {
    const names = new Set(methods.map((name) => name.toLowerCase()))
    const next = this.#waiting.find(
      ({ spec }) => spec.method === undefined || names.has(spec.method.toLowerCase()),
    )
    if (!next) return null
    next.left -= 1
    if (next.left <= 0) this.#waiting = this.#waiting.filter((one) => one !== next)
    return next.spec
  }
}
