import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { wrapWebSocket } from './connection.ts'
import type { EmbeddedPbx, EmbeddedPbxOptions } from './options.ts'
import { Switchboard } from './switchboard.ts'

const LARGEST_MESSAGE_BYTES = 64 * 1024

/**
 * Starts a small telephone exchange: SIP over WebSocket (RFC 7118) with digest authentication,
 * clients that ring, answer with real WebRTC audio, or refuse, by the number plan. For the demo
 * and for tests; it carries no call anywhere else.
 */
export async function startEmbeddedPbx(options: EmbeddedPbxOptions): Promise<EmbeddedPbx> {
  const { host, tls } = options
  const switchboard = new Switchboard(options)
  const server = tls ? createHttpsServer(tls) : createHttpServer()
  const sockets = new WebSocketServer({
    server,
    maxPayload: LARGEST_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  })
  sockets.on('connection', (socket) => {
    const connection = wrapWebSocket(socket, (text) => switchboard.receive(text, connection))
    socket.on('close', () => switchboard.forget(connection))
    if (socket.protocol !== 'sip') socket.close(1002, 'subprotocol sip expected')
  })
  const port = await listen(server, host, options.port)

  return {
    url: `${tls ? 'wss' : 'ws'}://${host}:${port}`,
    port,
    get calls() {
      return switchboard.journal
    },
    registeredUsers: () => switchboard.registrar.users(),
    hangUp: (callId) => {
      const call = switchboard.call(callId)
      if (!call?.isUp) return false
      call.endByClient()
      return true
    },
    dropConnections: () => {
      for (const socket of sockets.clients) socket.terminate()
    },
    close: async () => {
      switchboard.close()
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}
