/** What a row of measurements says; by the nearest rank, so both are values that were measured. */
export interface Summary {
  median: number
  /** What 95 of 100 kept: at most this long, or at least this fast. */
  p95: number
  samples: number
}

/** Of durations, sizes and counts: less is better. @throws RangeError without a single value. */
export function summarise(values: readonly number[]): Summary {
  return fromBestToWorst(values.toSorted((a, b) => a - b))
}

/** Of rates: more is better. @throws RangeError without a single value. */
export function summariseRates(values: readonly number[]): Summary {
  return fromBestToWorst(values.toSorted((a, b) => b - a))
}

/** Of what was counted once. */
export function counted(value: number): Summary {
  return summarise([value])
}

function fromBestToWorst(sorted: readonly number[]): Summary {
  return { median: rank(sorted, 0.5), p95: rank(sorted, 0.95), samples: sorted.length }
}

/** The first value to which this share of all values is no worse. */
function rank(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new RangeError('nothing was measured')
  if (!Number.isFinite(value)) throw new RangeError(`measured ${value}`)
  return value
}
