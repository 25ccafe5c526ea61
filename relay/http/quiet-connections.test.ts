import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, it } from 'vitest'
import { closeQuietConnections } from './quiet-connections.ts'

it('a connection without a request holds up no end of the relay; one in hand is answered', async () => {
  const stopping = new AbortController()
  const server = createServer((_, response) => {
    stopping.abort()
    response.setHeader('connection', 'close').end('answered')
  })
  closeQuietConnections(server, false, stopping.signal)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const quiet = connect(port, '127.0.0.1')
  await once(quiet, 'connect')
  const isQuietClosed = once(quiet.resume(), 'close')
  const answer = await fetch(`http://127.0.0.1:${port}`)
  expect(await answer.text()).toBe('answered')
  await isQuietClosed
  await new Promise((resolve) => server.close(resolve))
})
