/** Loudness (RMS) of 16-bit samples; 0 is silence, 1 a full-scale square wave. */
export function rms(samples: Int16Array): number {
  return Math.sqrt(meanPower(sumOfSquares(samples), samples.length))
}

/** Measures what goes by: over everything so far, and over the newest stretch. */
export class LevelMeter {
  readonly #windowSamples: number
  readonly #recent: { power: number; samples: number }[] = []
  #power = 0
  #samples = 0

  /** @param windowSamples how many of the newest samples `now()` looks at, at least */
  constructor(windowSamples: number) {
    this.#windowSamples = windowSamples
  }

  add(samples: Int16Array): void {
    const block = { power: sumOfSquares(samples), samples: samples.length }
    this.#power += block.power
    this.#samples += block.samples
    this.#recent.push(block)
    let length = this.#recent.reduce((sum, { samples }) => sum + samples, 0)
    for (let oldest = this.#recent[0]; oldest; oldest = this.#recent[0]) {
      if (length - oldest.samples < this.#windowSamples) break
      this.#recent.shift()
      length -= oldest.samples
    }
  }

  /** RMS of all samples, 0 … 1; 0 before the first. */
  overall(): number {
    return Math.sqrt(meanPower(this.#power, this.#samples))
  }

  /** RMS of the newest samples, 0 … 1. */
  now(): number {
    let power = 0
    let samples = 0
    for (const block of this.#recent) {
      power += block.power
      samples += block.samples
    }
    return Math.sqrt(meanPower(power, samples))
  }
}

function sumOfSquares(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += (sample / 32_768) ** 2
  return sum
}

function meanPower(power: number, samples: number): number {
  return samples === 0 ? 0 : power / samples
}
