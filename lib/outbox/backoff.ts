const FIRST_MS = 1000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait after the n-th try, in milliseconds: 1 s, 2 s, 4 s … 5 min, of which the upper
 * half is left to chance, so that operators whose portal comes back don't all knock at once.
 */
export function backoffMs(tries: number, random: () => number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1))
  return Math.round(fullMs / 2 + (fullMs / 2) * random())
}
