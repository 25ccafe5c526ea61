/**
 * PHP writes an array as a JSON list when its keys are 0, 1, 2 … in order, and as an object
 * otherwise; so an empty map arrives as `[]`, and a batch of a list of commands answers with lists.
 */
export function phpArray(entries: Iterable<readonly [string, unknown]>): unknown {
  const pairs = [...entries]
  return pairs.every(([key], index) => key === String(index))
    ? pairs.map(([, value]) => value)
    : Object.fromEntries(pairs)
}

/** Entries of a PHP array that came as a JSON list, a JSON object or form fields. */
export function phpEntries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** Values of a PHP array; a lone scalar counts as an array of one. */
export function phpList(value: unknown): unknown[] {
  if (value === undefined || value === null || value === '') return []
  return typeof value === 'object' ? Object.values(value) : [value]
}

/** Is it what PHP calls an array? */
export function isPhpArray(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A scalar as PHP prints it into a string; null for what isn't a scalar. */
export function phpText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '1' : ''
  return null
}

/** A positive whole number given as number or as digits; null for anything else. */
export function positiveInt(value: unknown): number | null {
  const text = phpText(value)
  return text !== null && /^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text) : null
}
