const APOSTROPHES = /[’ʼ`´′‘＇]/g
/** «г.», «м.», «с.» with or without a blank; whole words only before a blank. */
const SETTLEMENT = /^(?:[гмс]\.\s*|(?:город|місто|смт\.?)\s+)/u

/**
 * A city's name as it is compared (001-20): without case, blanks at the ends, ё/е, the kind of
 * apostrophe, and one leading word for the kind of settlement.
 */
export function normaliseCity(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(APOSTROPHES, "'")
    .trim()
    .replace(SETTLEMENT, '')
}

/** Whether both are names of one city; each list of `aliases` names one city in several ways. */
export function isSameCity(a: string, b: string, aliases: readonly (readonly string[])[]): boolean {
  const [first, second] = [normaliseCity(a), normaliseCity(b)]
  if (first === '' || second === '') return false
  if (first === second) return true
  return aliases.some((names) => {
    const city = names.map(normaliseCity)
    return city.includes(first) && city.includes(second)
  })
}
