/** One line of CSV: `;` between, quoted where needed, no cell that a spreadsheet would reckon. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`
}

/** A cell that begins like a formula gets an apostrophe in front (decisions, «CSV out»). */
function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
