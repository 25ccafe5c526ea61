/**
 * Plays what comes from the other side, early media included. The answer stops it.
 *
 * Tracks join sip.js's stream later, and Chromium never starts an element that was given the empty
 * stream (measured: readyState stays 0 while RTP arrives and its statistics show a level). So the
 * element gets a stream of its own for every track that comes.
 */
export function playRemote(stream: MediaStream): () => void {
  const audio = new Audio()
  audio.autoplay = true

  function attach(): void {
    const tracks = stream.getTracks()
    if (tracks.length === 0) return
    audio.srcObject = new MediaStream(tracks)
    // Rejects when the call ends first, which is no news.
    audio.play().catch(() => {})
  }

  stream.addEventListener('addtrack', attach)
  attach()
  return () => {
    stream.removeEventListener('addtrack', attach)
    audio.pause()
    audio.srcObject = null
  }
}
