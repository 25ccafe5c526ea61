import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LevelMeter, rms } from './level-meter.ts'
import { decodeMuLaw, encodeMuLaw } from './mu-law.ts'
import { SAMPLE_RATE, type Signal, speech, tone } from './signals.ts'
import { formatWav, parseWavSamples } from './wav.ts'

const seconds = (signal: Signal, count: number) =>
  Int16Array.from({ length: count * SAMPLE_RATE }, (_, index) => signal(index) * 32_767)

describe('µ-law (G.711)', () => {
  test.each([
    [0, 0xff],
    [-1, 0x7f],
    [32_767, 0x80],
    [-32_768, 0x00],
    [1_000, 0xce],
  ])('encodes %i as %i', (sample, byte) => {
    expect(encodeMuLaw(sample)).toBe(byte)
  })

  test('decodes every byte to a sample that encodes to it again', () => {
    for (let byte = 0; byte < 256; byte++) {
      // 0x7f is a second, negative zero.
      if (byte !== 0x7f) expect(encodeMuLaw(decodeMuLaw(byte))).toBe(byte)
    }
  })

  test('is off by at most a sixteenth of the sample, and a little near zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_635, max: 32_635 }), (sample) => {
        const error = Math.abs(decodeMuLaw(encodeMuLaw(sample)) - sample)
        expect(error).toBeLessThanOrEqual(Math.abs(sample) / 16 + 8)
      }),
    )
  })
})

describe('levels', () => {
  test('nothing heard is 0', () => {
    expect(rms(new Int16Array())).toBe(0)
    expect(new LevelMeter(100).now()).toBe(0)
  })

  test('a sine of half amplitude has an RMS of 0.35', () => {
    expect(rms(seconds(tone, 1))).toBeCloseTo(0.5 / Math.SQRT2, 2)
  })

  test('the meter tells the newest stretch from the whole', () => {
    const meter = new LevelMeter(SAMPLE_RATE)
    for (const part of [seconds(tone, 1), seconds(() => 0, 1)]) {
      for (let start = 0; start < part.length; start += 160) {
        meter.add(part.subarray(start, start + 160))
      }
    }
    expect(meter.now()).toBe(0)
    expect(meter.overall()).toBeCloseTo(0.25, 2)
  })

  test('speech has syllables and pauses, and never clips', () => {
    const samples = seconds(speech, 3)
    expect(rms(samples)).toBeGreaterThan(0.1)
    expect(rms(samples.subarray(1.85 * SAMPLE_RATE, 2.35 * SAMPLE_RATE))).toBe(0)
    expect(Math.max(...samples)).toBeLessThan(32_767)
  })
})

describe('WAV files', () => {
  test('come back as they were written', () => {
    const samples = seconds(tone, 1)
    expect(parseWavSamples(formatWav(samples, SAMPLE_RATE))).toEqual(samples)
  })

  test('that are still being written state no length, and are read all the same', () => {
    const file = formatWav(Int16Array.of(1, 2, 3), SAMPLE_RATE)
    file.writeUInt32LE(0, 40)
    expect(parseWavSamples(file.subarray(0, 49))).toEqual(Int16Array.of(1, 2))
  })

  test('anything else holds no samples', () => {
    expect(parseWavSamples(Buffer.from('not a wav file'))).toEqual(new Int16Array())
  })
})
