import { beforeEach, describe, expect, test, vi } from 'vitest'
import { OFF } from '../contracts/softphone.ts'
import { answerMessages, type Sender } from './page.ts'
import type { Softphone } from './softphone.ts'

const ORIGIN = 'chrome-extension://abcdef/'
const BACKGROUND: Sender = { id: 'abcdef', url: `${ORIGIN}background.js` }
const CARD: Sender = { id: 'abcdef', url: 'https://portal.example/crm/lead/details/1/' }
const STRANGER: Sender = { id: 'ghijkl', url: 'chrome-extension://ghijkl/background.js' }

const answers = new Map<string, (data: unknown, sender: Sender) => Promise<unknown>>()
const done = { ok: true, value: null }
const dial = vi.fn(async () => done)
const configure = vi.fn(() => done)

beforeEach(() => {
  answers.clear()
  vi.clearAllMocks()
  const softphone = { dial, configure, snapshot: () => OFF } as unknown as Softphone
  answerMessages(softphone, (name, handler) => answers.set(name, handler), {
    id: 'abcdef',
    origin: ORIGIN,
  })
})

const send = (name: string, data: unknown, sender: Sender = BACKGROUND) =>
  answers.get(name)?.(data, sender)

const DIAL = {
  callId: '0b7a6d5c-2f4e-4c1a-9d3b-8e7f6a5b4c3d',
  number: '+380672945123',
  card: null,
  waitSeconds: 60,
}

test('a message of the background is obeyed', async () => {
  expect(await send('softphone.dial', DIAL)).toEqual(done)
  expect(dial).toHaveBeenCalledWith(DIAL)
  expect(await send('softphone.snapshot', {})).toEqual({ ok: true, value: OFF })
})

describe('a message is not obeyed', () => {
  test.each([
    ['from a content script', CARD],
    ['from another extension', STRANGER],
    ['from nowhere', {}],
  ])('%s', async (_, sender) => {
    const refused = { ok: false, reason: 'not_allowed' }
    expect(await send('softphone.configure', { account: null }, sender)).toEqual(refused)
    expect(configure).not.toHaveBeenCalled()
  })

  test.each([
    ['a number that is none', { ...DIAL, number: 'sip:evil@example' }],
    ['a wait of no time', { ...DIAL, waitSeconds: 0 }],
    ['something more than agreed', { ...DIAL, headers: ['X: y'] }],
    ['nothing', undefined],
  ])('with %s', async (_, data) => {
    expect(await send('softphone.dial', data)).toEqual({ ok: false, reason: 'invalid' })
    expect(dial).not.toHaveBeenCalled()
  })
})
