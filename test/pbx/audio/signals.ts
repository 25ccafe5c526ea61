/** Signals that the clients of a stand play, at 8000 samples a second. */

export const SAMPLE_RATE = 8_000

/** The sample number `index` (from 0) of a signal, −1 … 1. */
export type Signal = (index: number) => number

const at = (index: number) => index / SAMPLE_RATE
const sine = (hertz: number, index: number) => Math.sin(2 * Math.PI * hertz * at(index))

/** A steady 440 Hz tone of half amplitude: RMS 0.35. */
export const tone: Signal = (index) => 0.5 * sine(440, index)

const HARMONICS = [
  [140, 0.35],
  [280, 0.3],
  [560, 0.25],
  [1_260, 0.1],
] as const

/**
 * Something like a voice: harmonics of a low note in four syllables a second, with a pause of 0.6 s
 * after each 1.8 s, so that level bars rise and fall. Peak 1, RMS about 0.2.
 */
export const speech: Signal = (index) => {
  const isPause = at(index) % 2.4 > 1.8
  if (isPause) return 0
  const syllable = Math.sin(Math.PI * ((at(index) * 4) % 1)) ** 2
  let voice = 0
  for (const [hertz, share] of HARMONICS) voice += share * sine(hertz, index)
  return syllable * voice
}
