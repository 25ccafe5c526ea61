import { expect, test } from 'vitest'
import { levelsOf } from './audio-levels.ts'

const report = (...entries: object[]) => new Map(entries.map((entry, index) => [index, entry]))

test('levels are those of our microphone and of what arrives', () => {
  const levels = levelsOf(
    report(
      { type: 'media-source', kind: 'audio', audioLevel: 0.25 },
      { type: 'inbound-rtp', kind: 'audio', audioLevel: 0.5 },
      { type: 'inbound-rtp', kind: 'video', audioLevel: 1 },
      { type: 'candidate-pair' },
    ),
  )
  expect(levels).toEqual({ microphone: 0.25, speaker: 0.5 })
})

test('what the browser does not tell is not made up, and nothing is louder than 1', () => {
  const firefox = report({ type: 'media-source', kind: 'audio' })
  expect(levelsOf(firefox)).toEqual({ microphone: null, speaker: null })
  const loud = report({ type: 'inbound-rtp', kind: 'audio', audioLevel: 1.5 })
  expect(levelsOf(loud).speaker).toBe(1)
})
