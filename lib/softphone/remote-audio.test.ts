import { afterEach, expect, test, vi } from 'vitest'
import { playRemote } from './remote-audio.ts'

/** What `Audio` and `MediaStream` do as far as it matters here; Node has neither. */
class FakeStream extends EventTarget {
  tracks: string[]
  constructor(tracks: string[] = []) {
    super()
    this.tracks = tracks
  }
  getTracks() {
    return this.tracks
  }
}
class FakeAudio {
  srcObject: FakeStream | null = null
  pause = vi.fn()
  play = vi.fn(async () => {})
  constructor() {
    audio = this
  }
}
let audio: FakeAudio | null = null
vi.stubGlobal('Audio', FakeAudio)
vi.stubGlobal('MediaStream', FakeStream)

const remote = new FakeStream()
const play = () => playRemote(remote as unknown as MediaStream)
function join(track: string): void {
  remote.tracks.push(track)
  remote.dispatchEvent(new Event('addtrack'))
}

afterEach(() => {
  remote.tracks = []
})

test('nothing is given to the element before there is a track, since Chromium would never start', () => {
  play()
  expect(audio?.srcObject).toBeNull()
})

test('a track that joins later is played, in a stream of its own', () => {
  play()
  join('voice')
  expect(audio?.srcObject?.tracks).toEqual(['voice'])
  expect(audio?.srcObject).not.toBe(remote)
  expect(audio?.play).toHaveBeenCalledOnce()
})

test('after the end nothing is played any more', () => {
  const stop = play()
  stop()
  join('late')
  expect(audio?.srcObject).toBeNull()
  expect(audio?.pause).toHaveBeenCalledOnce()
})
