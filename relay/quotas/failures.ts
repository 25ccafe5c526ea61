/** Counts failures of each address in fixed windows, in this process. */
export interface Failures {
  /** Notes a failure; `first` = this one reached the limit, the others before it did not. */
  note(address: string): { over: boolean; first: boolean; retryAfterSeconds: number }
  /** Whether the address is over the limit now. */
  isOver(address: string): boolean
}

const MOST_ADDRESSES = 10_000

/** `max` failures in `windowMs` are let pass; `now` tells the time in milliseconds. */
export function createFailures(
  { max, windowMs }: { max: number; windowMs: number },
  now: () => number = Date.now,
): Failures {
  let counts = new Map<string, number>()
  let until = 0
  const turn = () => {
    if (now() < until && counts.size <= MOST_ADDRESSES) return
    counts = new Map()
    until = now() + windowMs
  }
  return {
    note(address) {
      turn()
      const count = (counts.get(address) ?? 0) + 1
      counts.set(address, count)
      const retryAfterSeconds = Math.ceil((until - now()) / 1_000)
      return { over: count > max, first: count === max + 1, retryAfterSeconds }
    },
    isOver(address) {
      turn()
      return (counts.get(address) ?? 0) > max
    },
  }
}
