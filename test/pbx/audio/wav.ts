/** 16-bit mono WAV files: what baresip plays and what it records. */

const HEADER_BYTES = 44

/** A WAV file of these samples. */
export function formatWav(samples: Int16Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(sampleRate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples.length * 2, 40)
  for (const [index, sample] of samples.entries()) {
    file.writeInt16LE(sample, HEADER_BYTES + index * 2)
  }
  return file
}

/**
 * The samples of a recording. A recording that is still being written states no length yet, so
 * everything after the `data` header counts. Empty when there is no `data` header.
 */
export function parseWavSamples(file: Buffer): Int16Array {
  const data = file.indexOf('data', 12, 'latin1')
  if (data < 0) return new Int16Array()
  const start = data + 8
  const samples = new Int16Array(Math.max(0, Math.floor((file.length - start) / 2)))
  for (let index = 0; index < samples.length; index++) {
    samples[index] = file.readInt16LE(start + index * 2)
  }
  return samples
}
