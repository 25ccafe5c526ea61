import { compare, type FilterRules } from './filter.ts'
import { phpEntries, phpText } from './php.ts'
import { type Done, done } from './reply.ts'

/** A page is 50 rows, always (Bitrix24 docs: settings/performance/huge-data.md). */
const PAGE_SIZE = 50

/** Sorts rows by `{field: 'ASC' | 'DESC'}`; ties keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  order: unknown,
  fieldOf: (row: Row, field: string) => unknown,
  rules: Pick<FilterRules, 'instantOf'>,
): Row[] {
  const keys = phpEntries(order).map(([field, direction]) => ({
    field,
    sign: phpText(direction)?.toUpperCase() === 'DESC' ? -1 : 1,
  }))
  return rows.toSorted((a, b) => {
    for (const { field, sign } of keys) {
      const byField = sign * compare(fieldOf(a, field), fieldOf(b, field), rules)
      if (byField !== 0) return byField
    }
    return 0
  })
}

/**
 * One page of rows. `start` is an offset; -1 asks for the first rows without counting:
 * no `next`, and a `total` of 0. `wrap` puts the rows where the method has them.
 */
export function page(
  rows: readonly unknown[],
  start: unknown,
  wrap: (rows: unknown[]) => unknown = (some) => some,
): Done {
  const offset = Number.parseInt(phpText(start) ?? '0', 10) || 0
  if (offset < 0) return { ...done(wrap(rows.slice(0, PAGE_SIZE))), total: 0 }
  const end = offset + PAGE_SIZE
  return {
    ...done(wrap(rows.slice(offset, end))),
    ...(end < rows.length ? { next: end } : {}),
    total: rows.length,
  }
}
