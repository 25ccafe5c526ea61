import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { behaviourOf } from '../number-plan.ts'
import type { EmbeddedPbx } from './options.ts'
import { startEmbeddedPbx } from './server.ts'

let pbx: EmbeddedPbx
let socket: WebSocket

beforeEach(async () => {
  pbx = await startEmbeddedPbx({
    host: '127.0.0.1',
    port: 0,
    domain: 'pbx.test',
    accounts: [{ user: '100', password: 'right' }],
    plan: behaviourOf,
  })
  socket = new WebSocket(pbx.url, 'sip')
  await once(socket, 'open')
})
afterEach(async () => {
  socket.terminate()
  await pbx.close()
})

async function ask(text: string): Promise<string> {
  const answer = once(socket, 'message')
  socket.send(text)
  const [data] = await answer
  return String(data)
}

const request = (method: string, extra: string[] = []) =>
  [
    `${method} sip:pbx.test SIP/2.0`,
    'Via: SIP/2.0/WS a.invalid;branch=z9hG4bK1',
    'From: <sip:100@pbx.test>;tag=a',
    'To: <sip:100@pbx.test>',
    'Call-ID: id1',
    `CSeq: 1 ${method}`,
    ...extra,
    '\r\n',
  ].join('\r\n')

describe('the embedded stand', () => {
  test('answers a keep-alive and OPTIONS', async () => {
    expect(await ask('\r\n\r\n')).toBe('\r\n')
    expect(await ask(request('OPTIONS'))).toMatch(/^SIP\/2\.0 200 /)
  })

  test('asks for credentials: 401 for REGISTER, 407 for INVITE', async () => {
    expect(await ask(request('REGISTER'))).toMatch(/^SIP\/2\.0 401 .*\r\nWWW-Authenticate: Digest/s)
    expect(await ask(request('INVITE'))).toMatch(/^SIP\/2\.0 407 .*\r\nProxy-Authenticate: Digest/s)
    expect(pbx.calls).toEqual([])
  })

  test.each(['BYE', 'CANCEL', 'INFO'])('knows no call for a stray %s: 481', async (method) => {
    expect(await ask(request(method))).toMatch(/^SIP\/2\.0 481 /)
  })

  test('refuses a method that it does not know: 405', async () => {
    expect(await ask(request('REFER'))).toMatch(/^SIP\/2\.0 405 /)
  })

  test('answers what is malformed with 400 and lives on', async () => {
    socket.send('nonsense')
    socket.send(Buffer.from([0xff, 0x00, 0xfe]))
    socket.send('SIP/2.0 200 OK\r\n\r\n')
    expect(await ask(request('INVITE', ['no colon here']))).toMatch(/^SIP\/2\.0 400 /)
    expect(await ask(request('OPTIONS'))).toMatch(/^SIP\/2\.0 200 /)
  })

  test('speaks only the subprotocol sip', async () => {
    const other = new WebSocket(pbx.url)
    const [code] = await once(other, 'close')
    expect(code).toBe(1002)
  })
})
