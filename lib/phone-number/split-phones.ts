const EXTENSION_PIECE = /^(?:доб|внутр|вн|ext|x|#)/iu

/**
 * Splits a cell such as `380672945123, 0443332211,` into the numbers as written (requirement
 * 000-23: several phones in one cell, trailing comma). An extension after a comma stays with its
 * number.
 */
export function splitPhones(cell: string): string[] {
  const numbers: string[] = []
  for (const piece of cell.split(/[,;\n]/).map((text) => text.trim())) {
    const previous = numbers.at(-1)
    if (previous !== undefined && EXTENSION_PIECE.test(piece)) {
      numbers[numbers.length - 1] = `${previous}, ${piece}`
    } else if (piece !== '') {
      numbers.push(piece)
    }
  }
  return numbers
}
