/** G.711 µ-law (PCMU, ITU-T G.711): one byte a sample at 8000 samples a second. */

const BIAS = 0x84
const CLIP = 32_635

/** Encodes a 16-bit sample, −32768 … 32767; louder ones are clipped. */
export function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(Math.trunc(sample)), CLIP) + BIAS
  const exponent = 31 - Math.clz32(magnitude) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

/** Decodes a byte to a 16-bit sample. */
export function decodeMuLaw(byte: number): number {
  const bits = ~byte & 0xff
  const exponent = (bits >> 4) & 0x07
  const magnitude = (((bits & 0x0f) << 3) + BIAS) << exponent
  const sample = magnitude - BIAS
  return bits & 0x80 ? -sample : sample
}

/** Decodes an RTP payload. */
export function decodeMuLawPayload(payload: Uint8Array): Int16Array {
  return Int16Array.from(payload, decodeMuLaw)
}
