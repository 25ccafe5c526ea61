import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { SessionDescriptionHandler } from 'sip.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { SipAccount } from '../contracts/softphone.ts'
import type { SipCallEvent, SipEngine } from './engine.ts'
import { createSipJsEngine } from './sip-js-engine.ts'

/** A SIP request as it came over the wire. */
interface Request {
  method: string
  target: string
  text: string
  body: string
  header: (name: string) => string
  answer: (status: number, extra?: string[], body?: string) => void
}

let server: WebSocketServer
let socket: WebSocket | null
let requests: Request[]
/** What the server does with each method; a test replaces what it is about. */
const script = new Map<string, (request: Request) => void>()
const on = (method: string, respond: (request: Request) => void) => script.set(method, respond)

const timers: { run: () => void; delayMs: number }[] = []
const startTimer = (run: () => void, delayMs: number) => {
  const timer = { run, delayMs }
  timers.push(timer)
  return () => {
    const index = timers.indexOf(timer)
    if (index >= 0) timers.splice(index, 1)
  }
}
/** Lets the one waiting timer of this delay run out, once it is set. */
async function passTime(isMeant: (delayMs: number) => boolean): Promise<void> {
  const timer = await vi.waitFor(() => {
    const found = timers.find(({ delayMs }) => isMeant(delayMs))
    if (!found) throw new Error('no such timer')
    return found
  })
  timers.splice(timers.indexOf(timer), 1)
  timer.run()
}
const isReconnect = (delayMs: number) => delayMs >= 250 && delayMs <= 500
const isGlare = (delayMs: number) => delayMs >= 2_100 && delayMs <= 4_000

const registrations: string[] = []
const events: SipCallEvent[] = []
const stopTrack = vi.fn()
const track = { stop: stopTrack, enabled: true }
const microphone = {
  getTracks: () => [track],
  getAudioTracks: () => [track],
} as unknown as MediaStream
let engine: SipEngine

/** Media without WebRTC: the offer says what was asked for. */
function offerOf(options: unknown): { body: string; contentType: string } {
  return { body: `offer ${JSON.stringify(options ?? {})}`, contentType: 'application/sdp' }
}
const fakeMedia = (): SessionDescriptionHandler => ({
  close: () => {},
  getDescription: async (options) => offerOf(options),
  hasDescription: () => true,
  rollbackDescription: async () => {},
  setDescription: async (sdp) => {
    if (sdp === 'unusable') throw new Error('unusable answer')
  },
  sendDtmf: () => true,
})

function parse(text: string, to: WebSocket): Request {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const [method = '', target = ''] = first.split(' ')
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.replace(/^[^:]+:\s*/, '') ?? ''
  const answer = (status: number, extra: string[] = [], answerBody = '') => {
    const tag = header('to').includes(';tag=') || status === 100 ? '' : ';tag=server'
    to.send(
      [
        `SIP/2.0 ${status} ${status === 403 ? 'Forbidden' : 'Said'}`,
        ...lines.filter((line) => /^(via|from|call-id|cseq):/i.test(line)),
        `To: ${header('to')}${tag}`,
        ...extra,
        ...(answerBody ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${answerBody.length}`,
        '',
        answerBody,
      ].join('\r\n'),
    )
  }
  return { method, target, text, body, header, answer }
}

/** The client's BYE in the dialog of our INVITE. */
function sendBye(invite: Request): void {
  socket?.send(
    [
      `BYE ${/Contact: <([^>]+)>/.exec(invite.text)?.[1]} SIP/2.0`,
      'Via: SIP/2.0/WS pbx.invalid;branch=z9hG4bKbye',
      `From: ${invite.header('to')};tag=server`,
      `To: ${invite.header('from')}`,
      `Call-ID: ${invite.header('call-id')}`,
      'CSeq: 1 BYE',
      'Max-Forwards: 70',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  )
}

const CONTACT = 'Contact: <sip:pbx@pbx.invalid;transport=ws>'
const answered = (request: Request) => request.answer(200, [CONTACT], 'answer')
const seen = (method: string) => requests.filter((request) => request.method === method)
const awaitSeen = (method: string, count = 1) =>
  vi.waitFor(() => {
    expect(seen(method)).toHaveLength(count)
    return seen(method)[count - 1] as Request
  })

function listen(port = 0): Promise<unknown> {
  server = new WebSocketServer({ host: '127.0.0.1', port })
  server.on('connection', (connection) => {
    socket = connection
    connection.on('message', (data) => {
      const text = data.toString()
      if (text.startsWith('SIP/2.0')) {
        requests.push(parse(text, connection))
        return
      }
      const request = parse(text, connection)
      requests.push(request)
      script.get(request.method)?.(request)
    })
  })
  return once(server, 'listening')
}

const account = (): SipAccount => ({
  server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
  domain: 'pbx.invalid',
  user: '100',
  password: 'open sesame',
  displayName: 'Operator',
})

function start(): void {
  const created = createSipJsEngine(
    account(),
    {
      registrationChanged: (registration, detail) =>
        registrations.push(detail ? `${registration}: ${detail}` : registration),
    },
    { media: () => fakeMedia, startTimer, random: () => 0.5, whenOnline: () => () => {} },
  )
  if (!created) throw new Error('the account is usable')
  engine = created
}
const isRegistered = () => vi.waitFor(() => expect(registrations.at(-1)).toBe('registered'))
const isTold = (event: SipCallEvent) => vi.waitFor(() => expect(events).toContainEqual(event))

function dial() {
  return engine.dial('+380672945123', microphone, (event) => events.push(event))
}
async function talk() {
  on('INVITE', answered)
  const call = dial()
  await isTold({ type: 'accepted' })
  await awaitSeen('ACK')
  return call
}

beforeEach(async () => {
  requests = []
  registrations.length = 0
  events.length = 0
  timers.length = 0
  track.enabled = true
  stopTrack.mockClear()
  script.clear()
  on('REGISTER', (request) => {
    const contact = /Contact: .*/.exec(request.text)?.[0].replace(/;expires=\d+/, '')
    request.answer(200, [`${contact};expires=600`])
  })
  on('BYE', (request) => request.answer(200))
  on('OPTIONS', (request) => request.answer(200))
  await listen()
})

afterEach(async () => {
  const closing = engine.close()
  // The limit on a graceful goodbye.
  await passTime((delayMs) => delayMs === 2_000)
  await closing
  for (const client of server.clients) client.terminate()
  server.close()
})

describe('registration', () => {
  test('proves the password by digest and never sends it', async () => {
    const accept = script.get('REGISTER')
    on('REGISTER', (request) => {
      if (request.header('authorization')) accept?.(request)
      else request.answer(401, ['WWW-Authenticate: Digest realm="pbx", nonce="n1", qop="auth"'])
    })
    start()
    await isRegistered()
    expect(seen('REGISTER')).toHaveLength(2)
    expect(seen('REGISTER')[1]?.header('authorization')).toContain('username="100"')
    expect(requests.map(({ text }) => text).join()).not.toContain('open sesame')
  })

  test('refused for the account is told with the registrar’s words, and tried again rarely', async () => {
    on('REGISTER', (request) => request.answer(403))
    start()
    await vi.waitFor(() => expect(registrations.at(-1)).toBe('refused: 403 Forbidden'))
    expect(timers.some(({ delayMs }) => delayMs === 300_000)).toBe(true)
  })

  test('a server that is away is tried again until it is there', async () => {
    const { port } = server.address() as AddressInfo
    const lateAccount = account()
    server.close()
    await once(server, 'close')
    // Held by nobody: the first try is refused.
    const probe = createServer().listen(port, '127.0.0.1')
    await once(probe, 'listening')
    probe.close()
    await once(probe, 'close')
    const created = createSipJsEngine(
      lateAccount,
      { registrationChanged: (registration) => registrations.push(registration) },
      { media: () => fakeMedia, startTimer, random: () => 0.5, whenOnline: () => () => {} },
    )
    if (created) engine = created
    await vi.waitFor(() => expect(registrations.at(-1)).toBe('lost'))
    await listen(port)
    await passTime(isReconnect)
    await isRegistered()
  })

  test('an account that makes no SIP address gets no engine', () => {
    start()
    const unusable = { ...account(), domain: 'not a domain' }
    expect(createSipJsEngine(unusable, { registrationChanged: () => {} })).toBeNull()
  })
})

describe('a call', () => {
  beforeEach(async () => {
    start()
    await isRegistered()
  })

  test('rings, is answered and ends with our BYE; the microphone is released', async () => {
    on('INVITE', (request) => {
      request.answer(180, [CONTACT])
      answered(request)
    })
    const call = dial()
    await isTold({ type: 'accepted' })
    expect(events[0]).toEqual({ type: 'progress', status: 180, hasEarlyMedia: false })
    expect(seen('INVITE')[0]?.target).toBe('sip:+380672945123@pbx.invalid')
    call.hangUp()
    await awaitSeen('BYE')
    expect(stopTrack).toHaveBeenCalled()
    expect(events).toHaveLength(2)
  })

  test('tells early media apart from mere ringing', async () => {
    on('INVITE', (request) => request.answer(183, [CONTACT], 'announcement'))
    dial()
    await isTold({ type: 'progress', status: 183, hasEarlyMedia: true })
  })

  test('that is refused tells the status, once', async () => {
    on('INVITE', (request) => request.answer(486))
    dial()
    await isTold({ type: 'rejected', status: 486 })
    await awaitSeen('ACK')
    expect(events).toHaveLength(1)
  })

  test('hung up while it rings is cancelled, and nothing more is told of it', async () => {
    on('INVITE', (request) => request.answer(180, [CONTACT]))
    on('CANCEL', (request) => {
      request.answer(200)
      seen('INVITE')[0]?.answer(487)
    })
    const call = dial()
    await isTold({ type: 'progress', status: 180, hasEarlyMedia: false })
    call.hangUp()
    await awaitSeen('CANCEL')
    await awaitSeen('ACK')
    expect(events).toHaveLength(1)
  })

  test('answered in the moment of our CANCEL is hung up', async () => {
    on('INVITE', (request) => request.answer(180, [CONTACT]))
    on('CANCEL', (request) => {
      request.answer(200)
      const invite = seen('INVITE')[0]
      if (invite) answered(invite)
    })
    const call = dial()
    await isTold({ type: 'progress', status: 180, hasEarlyMedia: false })
    call.hangUp()
    await awaitSeen('BYE')
  })

  test('hung up by the client with his very answer is answered, then over', async () => {
    on('INVITE', (request) => {
      answered(request)
      sendBye(request)
    })
    dial()
    await isTold({ type: 'terminated', by: 'client' })
    expect(events.map(({ type }) => type)).toEqual(['accepted', 'terminated'])
    await vi.waitFor(() => {
      expect(
        requests.some(({ text }) => /^SIP\/2.0 200 /.test(text) && /CSeq: 1 BYE/i.test(text)),
      ).toBe(true)
    })
  })

  test('hung up by the client is told so', async () => {
    await talk()
    sendBye(seen('INVITE')[0] as Request)
    await isTold({ type: 'terminated', by: 'client' })
  })

  test('is held once the other side agrees; the microphone is silent at once', async () => {
    const call = await talk()
    on('INVITE', () => {})
    const held = call.hold(true)
    const reinvite = await awaitSeen('INVITE', 2)
    expect(reinvite.body).toContain('"hold":true')
    expect(track.enabled).toBe(false)
    answered(reinvite)
    expect(await held).toBe(true)
  })

  test('that could not be held is not, and speaks again', async () => {
    const call = await talk()
    on('INVITE', (request) => request.answer(488))
    expect(await call.hold(true)).toBe(false)
    expect(track.enabled).toBe(true)
  })

  test('whose hold is agreed to with an answer that can’t be used is over, and not held', async () => {
    const call = await talk()
    on('INVITE', (request) => request.answer(200, [CONTACT], 'unusable'))
    expect(await call.hold(true)).toBe(false)
    await isTold({ type: 'terminated', by: 'network' })
    await awaitSeen('BYE')
  })

  test('holds and resumes one after the other, however fast the keys', async () => {
    const call = await talk()
    expect(await Promise.all([call.hold(true), call.hold(false)])).toEqual([true, true])
    const bodies = seen('INVITE')
      .slice(1)
      .map(({ body }) => body)
    expect(bodies).toEqual(['offer {"hold":true}', 'offer {"hold":false}'])
  })

  test('asks again when two re-INVITEs met', async () => {
    const call = await talk()
    on('INVITE', (request) => request.answer(491))
    const held = call.hold(true)
    await awaitSeen('INVITE', 2)
    on('INVITE', answered)
    await passTime(isGlare)
    expect(await held).toBe(true)
  })

  test('a muted call stays mute through hold and resume', async () => {
    const call = await talk()
    call.mute(true)
    await call.hold(true)
    await call.hold(false)
    expect(track.enabled).toBe(false)
    call.mute(false)
    expect(track.enabled).toBe(true)
  })
})

describe('a lost connection', () => {
  beforeEach(async () => {
    start()
    await isRegistered()
  })

  async function lose(): Promise<void> {
    socket?.terminate()
    await vi.waitFor(() => expect(registrations.at(-1)).toBe('lost: connection lost'))
  }

  test('does not end the call: it registers again and restarts the media', async () => {
    await talk()
    await lose()
    expect(events).not.toContainEqual({ type: 'terminated', by: 'network' })
    await passTime(isReconnect)
    const reinvite = await awaitSeen('INVITE', 2)
    expect(reinvite.body).toContain('"iceRestart":true')
    expect(reinvite.body).toContain('"hold":false')
    expect(seen('REGISTER')).toHaveLength(2)
  })

  test('ends the call when the server does not know it any more', async () => {
    await talk()
    await lose()
    on('INVITE', (request) => request.answer(481))
    await passTime(isReconnect)
    await isTold({ type: 'terminated', by: 'network' })
  })

  test('keeps the BYE of a call that was hung up meanwhile', async () => {
    const call = await talk()
    await lose()
    call.hangUp()
    expect(stopTrack).toHaveBeenCalled()
    expect(seen('BYE')).toHaveLength(0)
    await passTime(isReconnect)
    await awaitSeen('BYE')
  })

  test('is noticed by a ping that nobody answers', async () => {
    on('OPTIONS', () => {})
    await passTime((delayMs) => delayMs === 30_000)
    await awaitSeen('OPTIONS')
    await passTime((delayMs) => delayMs === 8_000)
    await vi.waitFor(() => expect(registrations.at(-1)).toBe('lost: connection lost'))
    await passTime(isReconnect)
    await isRegistered()
  })

  test('is not suspected while pings are answered, with whatever status', async () => {
    on('OPTIONS', (request) => request.answer(405))
    await passTime((delayMs) => delayMs === 30_000)
    await awaitSeen('OPTIONS')
    await passTime((delayMs) => delayMs === 30_000)
    await awaitSeen('OPTIONS', 2)
    expect(registrations.at(-1)).toBe('registered')
  })
})

test('an incoming call is told that we are busy', async () => {
  start()
  await isRegistered()
  const contact = /Contact: <([^>]+)>/.exec(seen('REGISTER')[0]?.text ?? '')?.[1]
  socket?.send(
    [
      `INVITE ${contact} SIP/2.0`,
      'Via: SIP/2.0/WS pbx.invalid;branch=z9hG4bKin',
      'From: <sip:client@pbx.invalid>;tag=caller',
      'To: <sip:100@pbx.invalid>',
      'Call-ID: incoming-1',
      'CSeq: 1 INVITE',
      CONTACT,
      'Max-Forwards: 70',
      'Content-Type: application/sdp',
      'Content-Length: 5',
      '',
      'offer',
    ].join('\r\n'),
  )
  await vi.waitFor(() => {
    expect(requests.some(({ text }) => text.startsWith('SIP/2.0 486'))).toBe(true)
  })
})
