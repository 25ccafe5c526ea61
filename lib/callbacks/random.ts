const WEYL_STEP = 0x9e3779b9

/**
 * A number in [0, 1) that depends on seed and turn alone, well spread also for neighbouring seeds
 * (the finaliser of MurmurHash3 over a Weyl sequence). Not for secrets.
 */
export function randomFrom(seed: number, turn = 0): number {
  let mixed = (Math.trunc(seed) + Math.imul(turn + 1, WEYL_STEP)) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
}

/** One of the items, each as likely as the others; null when there is none. */
export function pick<T>(items: readonly T[], seed: number): T | null {
  return items[Math.floor(randomFrom(seed) * items.length)] ?? null
}
