/** How the countries that are called from here write a number: its digits in groups. */
const WAYS_OF_WRITING: readonly [number: RegExp, shown: string][] = [
  [/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4'],
  [/^\+380(\d{2})(\d{3})(\d{2})(\d{2})$/, '+380 $1 $2 $3 $4'],
  [/^\+375(\d{2})(\d{3})(\d{2})(\d{2})$/, '+375 $1 $2 $3 $4'],
]

/**
 * An E.164 number as people read it aloud: `+7 495 123-00-01`, `+380 67 294 51 23`. One of another
 * country stays as it is dialled. No phone library: the panel would load all its 100 kB for this.
 */
export function formatPhone(e164: string): string {
  const way = WAYS_OF_WRITING.find(([number]) => number.test(e164))
  return way === undefined ? e164 : e164.replace(...way)
}
