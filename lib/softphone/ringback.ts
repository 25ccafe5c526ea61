/** The ringing tone that the operator hears while the network sends none. */
export interface Ringback {
  start(): void
  stop(): void
}

/** Russia's and Ukraine's ringing tone: 425 Hz, one second of tone, four of silence (ITU-T E.180). */
const FREQUENCY_HZ = 425
const TONE_S = 1
const PERIOD_S = 5
/** Quiet: it is heard fifty times a day. */
const GAIN = 0.04
/** Short ramps, so that the tone does not click. */
const RAMP_S = 0.01

export function createRingback(): Ringback {
  let context: AudioContext | null = null

  return {
    start() {
      if (context) return
      context = new AudioContext()
      void loopedTone(context).catch(() => {})
    },
    stop() {
      void context?.close()
      context = null
    },
  }
}

/** Renders one period and loops it: no timer of ours has to keep the rhythm. */
async function loopedTone(context: AudioContext): Promise<void> {
  const offline = new OfflineAudioContext(1, context.sampleRate * PERIOD_S, context.sampleRate)
  const oscillator = new OscillatorNode(offline, { frequency: FREQUENCY_HZ })
  const volume = new GainNode(offline, { gain: 0 })
  volume.gain.linearRampToValueAtTime(GAIN, RAMP_S)
  volume.gain.setValueAtTime(GAIN, TONE_S - RAMP_S)
  volume.gain.linearRampToValueAtTime(0, TONE_S)
  oscillator.connect(volume).connect(offline.destination)
  oscillator.start(0)
  oscillator.stop(TONE_S)
  const buffer = await offline.startRendering()
  // The call may have been answered while the tone was rendered.
  if (context.state === 'closed') return
  const source = new AudioBufferSourceNode(context, { buffer, loop: true })
  source.connect(context.destination)
  source.start()
}
