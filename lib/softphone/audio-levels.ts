/** The part of `RTCStatsReport` that is read here. */
interface StatsReport {
  forEach(each: (entry: unknown) => void): void
}

/**
 * Loudness of both sides, each 0 … 1, out of WebRTC's statistics (W3C webrtc-stats: `audioLevel`
 * of `media-source` and `inbound-rtp`); null = the browser does not tell.
 */
export function levelsOf(report: StatsReport): {
  microphone: number | null
  speaker: number | null
} {
  let microphone: number | null = null
  let speaker: number | null = null
  report.forEach((entry) => {
    const { type, kind, audioLevel } = entry as Record<string, unknown>
    if (kind !== 'audio' || typeof audioLevel !== 'number') return
    const level = Math.min(Math.max(audioLevel, 0), 1)
    if (type === 'media-source') microphone = level
    if (type === 'inbound-rtp') speaker = level
  })
  return { microphone, speaker }
}

/** Measures a stream by itself, for the browser that tells no level of it (Firefox: the microphone). */
export function createMeter(stream: MediaStream): { level: () => number; close: () => void } {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      return Math.min(
        samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
        1,
      )
    },
    close: () => void context.close(),
  }
}
