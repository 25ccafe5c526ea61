import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PhoneDriver, startPhone } from '../pbx/browser-phone/driver.ts'
import type { EmbeddedPbx } from '../pbx/embedded/options.ts'
import { startEmbeddedPbx } from '../pbx/embedded/server.ts'
import type { PbxCall } from '../pbx/journal.ts'
import { behaviourOf, NUMBERS } from '../pbx/number-plan.ts'
import { makeCertificate } from '../support/certificate.ts'

const DOMAIN = 'pbx.prozvon.test'
const ACCOUNT = { user: '100', password: 'right' }
/** RMS above which something is certainly heard; the fake microphone's beeps give about 0.09. */
const AUDIBLE = 0.02

let pbx: EmbeddedPbx
let phone: PhoneDriver

beforeAll(async () => {
  const certificate = await makeCertificate(['127.0.0.1'])
  pbx = await startEmbeddedPbx({
    host: '127.0.0.1',
    port: 0,
    tls: certificate,
    domain: DOMAIN,
    accounts: [ACCOUNT],
    plan: behaviourOf,
  })
  phone = await startPhone(certificate.spkiHash)
})
afterAll(async () => {
  await phone?.close()
  await pbx?.close()
})

const account = (password = ACCOUNT.password) => ({
  server: pbx.url,
  domain: DOMAIN,
  user: ACCOUNT.user,
  password,
})

/** The stand's entry of the phone's latest call. */
function entry(): PbxCall {
  const last = pbx.calls.at(-1)
  if (!last) throw new Error('the stand saw no call')
  return last
}

describe('registration', () => {
  beforeEach(() => phone.reload())

  test('the right password registers', async () => {
    expect(await phone.do('register', account())).toBe(200)
    expect(pbx.registeredUsers()).toEqual([ACCOUNT.user])
  })

  test('a wrong password is refused', async () => {
    expect(await phone.do('register', account('wrong'))).toBe(403)
  })
})

describe('a call from a registered softphone', () => {
  beforeEach(async () => {
    await phone.reload()
    expect(await phone.do('register', account())).toBe(200)
  })

  test('rings without an answer until the operator cancels: 487', async () => {
    await phone.do('dial', NUMBERS.noAnswer)
    await phone.waitForStatus(180)
    await phone.do('hangUp')
    await phone.waitForStatus(487)
    expect(entry()).toMatchObject({
      from: ACCOUNT.user,
      number: NUMBERS.noAnswer,
      answeredAt: null,
      cancelledAt: expect.any(String),
      endedBy: 'operator',
      sipStatus: 487,
    })
  })

  test('is answered, with audio both ways, and ended by the operator', async () => {
    await phone.do('dial', NUMBERS.answers)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await expect.poll(() => entry().heardLevel).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
    await expect.poll(() => entry().endedBy).toBe('operator')
    expect(entry()).toMatchObject({ sipStatus: 200, answeredAt: expect.any(String) })
    expect(entry().sentPackets).toBeGreaterThan(50)
  })

  test('is refused with the status of the number plan', async () => {
    for (const [number, status] of [
      [NUMBERS.busy, 486],
      [NUMBERS.unavailable, 480],
      [NUMBERS.refuses, 603],
      [NUMBERS.unknown, 404],
    ] as const) {
      await phone.do('dial', number)
      await phone.waitForCall('ended')
      await phone.waitForStatus(status)
      expect(entry()).toMatchObject({ number, sipStatus: status, endedBy: 'network' })
    }
  })

  test('is ended by the client, as the plan says or when told to', async () => {
    await phone.do('dial', NUMBERS.hangsUp)
    await phone.waitForCall('up')
    await phone.waitForCall('ended')
    expect(entry().endedBy).toBe('client')

    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    expect(pbx.hangUp(entry().callId)).toBe(true)
    await phone.waitForCall('ended')
    expect(entry().endedBy).toBe('client')
    expect(pbx.hangUp(entry().callId)).toBe(false)
  })

  test('falls silent on mute and on hold, and comes back', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardLevelNow).toBeGreaterThan(AUDIBLE)
    await phone.do('mute', true)
    await expect.poll(() => entry().heardLevelNow, { timeout: 5_000 }).toBeLessThan(0.001)
    await phone.do('mute', false)
    await expect.poll(() => entry().heardLevelNow, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)

    expect(await phone.do('hold', true)).toBe(200)
    const { sentPackets, heardPackets } = { ...entry() }
    await expect.poll(() => entry().heardPackets).toBeGreaterThan((heardPackets ?? 0) + 25)
    expect(entry().sentPackets).toBe(sentPackets)
    expect(await phone.do('hold', false)).toBe(200)
    await expect.poll(() => phone.receivedLevel(1), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
  })

  test('carries digits by RFC 4733 and by INFO', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardPackets).toBeGreaterThan(0)
    await phone.do('sendDigits', '12#')
    await expect.poll(() => entry().digits, { timeout: 5_000 }).toBe('12#')
    await phone.do('sendDigitByInfo', '5')
    await expect.poll(() => entry().digits).toBe('12#5')
    await phone.do('hangUp')
  })

  test('echoes when the plan says so', async () => {
    await phone.do('dial', NUMBERS.echo)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
  })

  test('survives a lost WebSocket: the softphone comes back and the call goes on', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    pbx.dropConnections()
    await vi.waitFor(() => expect(pbx.registeredUsers()).toEqual([]))
    expect(await phone.do('reconnect')).toBe(200)
    await expect.poll(() => phone.receivedLevel(1), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    expect(entry().endedAt).toBeNull()
    await phone.do('hangUp')
    await expect.poll(() => entry().endedBy).toBe('operator')
  })

  test('ends at the stand when the browser page dies', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardPackets).toBeGreaterThan(0)
    await phone.reload()
    await expect.poll(() => entry().endedBy, { timeout: 60_000 }).toBe('network')
  })
})
