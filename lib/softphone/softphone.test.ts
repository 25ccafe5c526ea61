import { beforeEach, describe, expect, type Mock, test, vi } from 'vitest'
import { SoftphonePortMessage } from '../contracts/messages.ts'
import type { DialRequest, Microphone, SipAccount } from '../contracts/softphone.ts'
import type { SipCall, SipCallListener, SipEngine, SipEngineListener } from './engine.ts'
import type { MicrophoneAccess, OpenedMicrophone } from './microphone.ts'
import { createSoftphone, type Softphone } from './softphone.ts'

const ACCOUNT: SipAccount = {
  server: 'wss://pbx.example',
  domain: 'pbx.example',
  user: '100',
  password: 'open sesame',
  displayName: 'Operator',
}
const OTHER_ACCOUNT = { ...ACCOUNT, user: '101' }
const IDS = [
  '0b7a6d5c-2f4e-4c1a-9d3b-8e7f6a5b4c3d',
  '1b7a6d5c-2f4e-4c1a-9d3b-8e7f6a5b4c3d',
] as const
const request = (call: 0 | 1 = 0, waitSeconds = 60): DialRequest => ({
  callId: IDS[call],
  number: '+380672945123',
  card: null,
  waitSeconds,
})

/** One engine the softphone made, and the handles to play the network with. */
interface FakeEngine {
  account: SipAccount
  tell: SipEngineListener['registrationChanged']
  close: Mock<SipEngine['close']>
  calls: { call: FakeCall; tell: SipCallListener }[]
}
type FakeCall = { [K in keyof SipCall]: Mock<SipCall[K]> }

let clock: number
let timers: { run: () => void; at: number }[]
let engines: FakeEngine[]
let published: SoftphonePortMessage[]
let microphoneState: Microphone
let opened: OpenedMicrophone
let track: EventTarget & { stop: () => void }
let devicesChanged: () => void
const ringback = { start: vi.fn(), stop: vi.fn() }
let phone: Softphone

const startTimer = (run: () => void, delayMs: number) => {
  const timer = { run, at: clock + delayMs }
  timers.push(timer)
  return () => {
    timers = timers.filter((other) => other !== timer)
  }
}
/** Time goes on; what was waiting for it runs. */
async function pass(seconds: number): Promise<void> {
  clock += seconds * 1000
  const due = timers.filter(({ at }) => at <= clock)
  timers = timers.filter(({ at }) => at > clock)
  for (const { run } of due) run()
  await settle()
}
const settle = () => vi.waitFor(() => Promise.resolve())

function createEngine(account: SipAccount, listener: SipEngineListener): SipEngine | null {
  if (account.server === 'wss://') return null
  const engine: FakeEngine = {
    account,
    tell: listener.registrationChanged,
    close: vi.fn(async () => {}),
    calls: [],
  }
  engines.push(engine)
  return {
    close: engine.close,
    dial(_number, _microphone, tell) {
      const call: FakeCall = {
        hangUp: vi.fn(),
        mute: vi.fn(),
        hold: vi.fn(async () => true),
        sendDigits: vi.fn(() => true),
        levels: vi.fn(async () => ({ microphone: 0.2, speaker: 0.4 })),
        replaceMicrophone: vi.fn(async () => {}),
      }
      engine.calls.push({ call, tell })
      return call
    },
  }
}

const microphone: MicrophoneAccess = {
  state: async () => microphoneState,
  open: async () => opened,
  watch: (changed) => {
    devicesChanged = changed
  },
}

function stream(): MediaStream {
  const tracks = [track]
  return { getTracks: () => tracks, getAudioTracks: () => tracks } as unknown as MediaStream
}

const engine = () => engines.at(-1) as FakeEngine
const sip = (index = 0) => engine().calls[index] as FakeEngine['calls'][number]
const call = () => phone.snapshot().call

function register(): void {
  phone.configure(ACCOUNT)
  engine().tell('registered', null)
}
async function dialled(): Promise<void> {
  register()
  expect(await phone.dial(request())).toEqual({ ok: true, value: null })
}
async function talking(): Promise<void> {
  await dialled()
  sip().tell({ type: 'accepted' })
}

beforeEach(() => {
  clock = Date.parse('2026-03-04T10:00:00Z')
  timers = []
  engines = []
  published = []
  microphoneState = 'granted'
  track = Object.assign(new EventTarget(), { stop: vi.fn() })
  opened = { ok: true, stream: stream() }
  vi.clearAllMocks()
  phone = createSoftphone({
    createEngine,
    microphone,
    ringback,
    now: () => clock,
    startTimer,
    publish: (message) => published.push(message),
  })
})

describe('the account', () => {
  test('is registered once, however often the background repeats it', () => {
    phone.configure(ACCOUNT)
    phone.configure({ ...ACCOUNT })
    expect(engines).toHaveLength(1)
  })

  test('is replaced by another one; the old engine is closed and heard no more', () => {
    register()
    const [old] = engines
    phone.configure(OTHER_ACCOUNT)
    engine().tell('connecting', null)
    old?.tell('lost', 'connection lost')
    expect(old?.close).toHaveBeenCalledOnce()
    expect(phone.snapshot().registration).toBe('connecting')
  })

  test('that comes during a call is taken when the call is over', async () => {
    await talking()
    phone.configure(OTHER_ACCOUNT)
    expect(engines).toHaveLength(1)
    phone.hangUp()
    expect(engines.map(({ account }) => account.user)).toEqual(['100', '101'])
  })

  test('taken away switches the phone off', () => {
    register()
    phone.configure(null)
    expect(phone.snapshot().registration).toBe('off')
    expect(engine().close).toHaveBeenCalledOnce()
  })

  test('that makes no address is refused', () => {
    phone.configure({ ...ACCOUNT, server: 'wss://' })
    expect(phone.snapshot().registration).toBe('refused')
  })

  test('never shows its password in what is published', async () => {
    await talking()
    phone.hangUp()
    expect(JSON.stringify(published)).not.toContain('open sesame')
  })
})

describe('dialling is refused', () => {
  test('without an account', async () => {
    expect(await phone.dial(request())).toEqual({ ok: false, reason: 'not_configured' })
  })

  test('while the connection is lost', async () => {
    register()
    engine().tell('lost', 'connection lost')
    expect(await phone.dial(request())).toEqual({ ok: false, reason: 'not_registered' })
  })

  test('when the registration under way does not come in time', async () => {
    phone.configure(ACCOUNT)
    engine().tell('connecting', null)
    const answer = phone.dial(request())
    await pass(5)
    expect(await answer).toEqual({ ok: false, reason: 'not_registered' })
  })

  test('while a call is up or about to be', async () => {
    register()
    const first = phone.dial(request())
    expect(await phone.dial(request(1))).toEqual({ ok: false, reason: 'busy' })
    await first
    expect(await phone.dial(request(1))).toEqual({ ok: false, reason: 'busy' })
    expect(engine().calls).toHaveLength(1)
  })

  test.each(['prompt', 'denied', 'missing'] as const)(
    'when the microphone is %s, and the snapshot says so',
    async (state) => {
      microphoneState = state
      opened = { ok: false, state }
      register()
      const answer = await phone.dial(request())
      expect(answer).toEqual({ ok: false, reason: 'microphone', detail: state })
      expect(phone.snapshot()).toMatchObject({ microphone: state, call: null })
    },
  )
})

test('a click right after the start waits for the registration under way', async () => {
  phone.configure(ACCOUNT)
  engine().tell('connecting', null)
  const answer = phone.dial(request())
  engine().tell('registered', null)
  expect((await answer).ok).toBe(true)
})

test('a call that is not answered in its time is cancelled and ends as no answer', async () => {
  await dialled()
  await pass(4)
  sip().tell({ type: 'progress', status: 180, hasEarlyMedia: false })
  expect(ringback.start).toHaveBeenCalledOnce()
  await pass(59)
  expect(call()?.state).toBe('ringing')
  await pass(1)
  expect(sip().call.hangUp).toHaveBeenCalledOnce()
  expect(ringback.stop).toHaveBeenCalledOnce()
  expect(call()).toMatchObject({ state: 'ended', end: 'no_answer', facts: { endedBy: 'us' } })
})

test('hanging up before the INVITE is sent sends none, and frees the microphone', async () => {
  register()
  const answer = phone.dial(request())
  expect(phone.hangUp().ok).toBe(true)
  expect(await answer).toEqual({ ok: false, reason: 'gone' })
  expect(engine().calls).toHaveLength(0)
  expect(track.stop).toHaveBeenCalled()
})

test('the next call does not hear what the last one still has to say', async () => {
  await talking()
  phone.hangUp()
  expect((await phone.dial(request(1))).ok).toBe(true)
  sip(0).tell({ type: 'terminated', by: 'network' })
  expect(call()).toMatchObject({ state: 'dialling', facts: { callId: IDS[1] } })
})

describe('in a call', () => {
  beforeEach(talking)

  test('mute acts at once', () => {
    expect(phone.mute(true).ok).toBe(true)
    expect(sip().call.mute).toHaveBeenCalledWith(true)
    expect(call()?.muted).toBe(true)
  })

  test('hold is shown when the other side has agreed, not before', async () => {
    let agree = (_isHeld: boolean) => {}
    sip().call.hold.mockReturnValue(
      new Promise<boolean>((resolve) => {
        agree = resolve
      }),
    )
    const answer = phone.hold(true)
    expect(call()?.held).toBe(false)
    agree(true)
    expect((await answer).ok).toBe(true)
    expect(call()?.held).toBe(true)
  })

  test('hold that the other side refuses is not shown', async () => {
    sip().call.hold.mockResolvedValue(false)
    expect((await phone.hold(true)).ok).toBe(false)
    expect(call()?.held).toBe(false)
  })

  test('digits go to the call', () => {
    expect(phone.sendDigits('12#').ok).toBe(true)
    expect(sip().call.sendDigits).toHaveBeenCalledWith('12#')
  })

  test('the loudness of both sides is told five times a second, until the end', async () => {
    await pass(0.2)
    await pass(0.2)
    const levels = published.filter(({ type }) => type === 'softphone.levels')
    expect(levels).toHaveLength(2)
    phone.hangUp()
    await pass(1)
    expect(published.filter(({ type }) => type === 'softphone.levels')).toHaveLength(2)
  })

  test('a microphone pulled out is shown as lost, and the call goes on', async () => {
    opened = { ok: false, state: 'missing' }
    microphoneState = 'missing'
    track.dispatchEvent(new Event('ended'))
    await settle()
    expect(phone.snapshot()).toMatchObject({ microphone: 'lost', call: { state: 'talking' } })
  })

  test('a microphone plugged in again is taken into the call', async () => {
    opened = { ok: false, state: 'missing' }
    track.dispatchEvent(new Event('ended'))
    await settle()
    opened = { ok: true, stream: stream() }
    devicesChanged()
    await vi.waitFor(() => expect(phone.snapshot().microphone).toBe('granted'))
    expect(sip().call.replaceMicrophone).toHaveBeenCalledWith(opened.stream)
  })

  test('a lost connection does not end it', () => {
    engine().tell('lost', 'connection lost')
    expect(phone.snapshot()).toMatchObject({ registration: 'lost', call: { state: 'talking' } })
  })

  test('a page that goes away hangs up', () => {
    phone.close()
    expect(sip().call.hangUp).toHaveBeenCalledOnce()
  })
})

test('commands without a call are told that it is gone', async () => {
  const gone = { ok: false, reason: 'gone' }
  expect(phone.hangUp()).toEqual(gone)
  expect(phone.mute(true)).toEqual(gone)
  expect(await phone.hold(true)).toEqual(gone)
  expect(phone.sendDigits('1')).toEqual(gone)
})

test('a permission given in the microphone page is seen', async () => {
  microphoneState = 'granted'
  await phone.microphoneChanged('denied')
  expect(phone.snapshot().microphone).toBe('granted')
})

test('where the browser does not tell the permission, the microphone page is believed', async () => {
  microphoneState = 'unknown'
  await phone.microphoneChanged('denied')
  expect(phone.snapshot().microphone).toBe('denied')
})

test('everything published satisfies the contract, and nothing is said twice', async () => {
  await talking()
  await pass(0.2)
  phone.mute(true)
  phone.mute(true)
  phone.hangUp()
  for (const message of published)
    expect(SoftphonePortMessage.safeParse(message).success).toBe(true)
  const changes = published.map((message) => JSON.stringify(message))
  expect(changes.filter((text, index) => text === changes[index - 1])).toEqual([])
})
