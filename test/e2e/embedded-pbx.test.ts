import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PhoneDriver, startPhone } from '../pbx/browser-phone/driver.ts'
import type { EmbeddedPbx } from '../pbx/embedded/options.ts'
import { startEmbeddedPbx } from '../pbx/embedded/server.ts'
import { behaviourOf, NUMBERS } from '../pbx/number-plan.ts'
import { AUDIBLE, latestOf, testSoftphoneCalls } from '../pbx/softphone-calls.ts'
import { makeCertificate } from '../support/certificate.ts'

const DOMAIN = 'pbx.prozvon.test'
const ACCOUNT = { user: '100', password: 'right' }

/** For sound to come through on a busy machine; 50 packets are a second of it. */
const PATIENCE = { timeout: 15_000 }

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

const entry = () => latestOf(pbx.calls)

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

  testSoftphoneCalls(() => ({
    phone,
    user: ACCOUNT.user,
    entry,
    hangUpByClient: () => expect(pbx.hangUp(entry().callId)).toBe(true),
  }))

  test('can be hung up by the client once, and its packets are counted', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().sentPackets, PATIENCE).toBeGreaterThan(50)
    expect(pbx.hangUp(entry().callId)).toBe(true)
    await phone.waitForCall('ended')
    expect(pbx.hangUp(entry().callId)).toBe(false)
  })

  test('gets nothing from the client on hold, and is still heard', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardPackets, PATIENCE).toBeGreaterThan(0)
    expect(await phone.do('hold', true)).toBe(200)
    const { sentPackets, heardPackets } = { ...entry() }
    await expect
      .poll(() => entry().heardPackets, PATIENCE)
      .toBeGreaterThan((heardPackets ?? 0) + 25)
    expect(entry().sentPackets).toBe(sentPackets)
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
    await expect.poll(() => entry().endedBy, PATIENCE).toBe('operator')
  })

  test('ends at the stand when the browser page dies', async () => {
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardPackets, PATIENCE).toBeGreaterThan(0)
    await phone.reload()
    await expect.poll(() => entry().endedBy, { timeout: 60_000 }).toBe('network')
  })
})
