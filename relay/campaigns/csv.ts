/** Excel opens UTF-8 rightly only with this mark. */
const BOM = '\ufeff'

/**
 * A table as CSV for people (decisions: «CSV out»): UTF-8 with BOM, `;`, every cell quoted, and
 * cells that a spreadsheet would run as a formula neutralised.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return BOM + rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
