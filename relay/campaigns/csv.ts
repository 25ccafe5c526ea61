import { csvLine } from '../csv-line.ts'

/** Excel opens UTF-8 rightly only with this mark. */
const BOM = '\ufeff'

/** A table as CSV for people (decisions: «CSV out»), UTF-8 with BOM. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return BOM + rows.map(csvLine).join('')
}
