import type { AudioLevels } from '../contracts/softphone.ts'

/** The part of `RTCStatsReport` that is read here. */
interface StatsReport {
  forEach(each: (entry: unknown) => void): void
}

/**
 * Loudness of both sides, each 0 … 1, out of WebRTC's statistics (W3C webrtc-stats: `audioLevel`
 * of `media-source` and `inbound-rtp`). What a browser does not tell is 0.
 */
export function levelsOf(report: StatsReport): AudioLevels {
  const levels: AudioLevels = { microphone: 0, speaker: 0 }
  report.forEach((entry) => {
    const { type, kind, audioLevel } = entry as Record<string, unknown>
    if (kind !== 'audio' || typeof audioLevel !== 'number') return
    const level = Math.min(Math.max(audioLevel, 0), 1)
    if (type === 'media-source') levels.microphone = level
    if (type === 'inbound-rtp') levels.speaker = level
  })
  return levels
}
