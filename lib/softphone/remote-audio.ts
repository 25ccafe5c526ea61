/**
 * Plays what comes from the other side, early media included: tracks may join the stream later.
 * The answer stops it.
 */
export function playRemote(stream: MediaStream): () => void {
  const audio = new Audio()
  audio.autoplay = true
  audio.srcObject = stream
  // Without any track yet, play() waits; it rejects when the call ends first, which is no news.
  audio.play().catch(() => {})
  return () => {
    audio.pause()
    audio.srcObject = null
  }
}
