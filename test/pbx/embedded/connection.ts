import type { WebSocket } from 'ws'

/** One softphone's WebSocket. */
export type Connection = {
  isOpen(): boolean
  /** Sends one SIP message; dropped when the connection is closed. */
  send(message: string): void
}

/** Wraps a WebSocket; keep-alive frames (RFC 7118 §6: CRLF CRLF) are answered here. */
export function wrapWebSocket(socket: WebSocket, onMessage: (text: string) => void): Connection {
  const connection: Connection = {
    isOpen: () => socket.readyState === socket.OPEN,
    send: (message) => {
      if (connection.isOpen()) socket.send(message)
    },
  }
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    const text = data.toString()
    if (text.trim() === '') connection.send('\r\n')
    else onMessage(text)
  })
  return connection
}
