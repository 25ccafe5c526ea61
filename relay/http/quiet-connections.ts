import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Ends, when the relay stops, the connections on which no request ever came: browsers open some in
 * advance. Node counts them as busy, and a server's `close` would wait for each of them.
 */
export function closeQuietConnections(server: Server, isTls: boolean, stopping: AbortSignal): void {
  const quiet = new Set<Socket>()
  server.on(isTls ? 'secureConnection' : 'connection', (socket: Socket) => {
    quiet.add(socket)
    socket.once('close', () => quiet.delete(socket))
  })
  // Before the handler, which may be what stops the relay.
  server.prependListener('request', ({ socket }) => quiet.delete(socket))
  stopping.addEventListener('abort', () => {
    for (const socket of quiet) socket.destroy()
  })
}
