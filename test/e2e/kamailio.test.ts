import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PhoneDriver, startPhone } from '../pbx/browser-phone/driver.ts'
import type { PbxCall } from '../pbx/journal.ts'
import { type SipStand, startSipStand } from '../pbx/kamailio/stand.ts'
import { NUMBERS } from '../pbx/number-plan.ts'
import { whyLeftOut } from '../support/left-out.ts'

/** RMS above which something is certainly heard; the fake microphone's beeps give about 0.09. */
const AUDIBLE = 0.02

const reason = whyLeftOut(['kamailio', 'rtpengine', 'baresip'])
if (reason !== null) console.warn(`The Kamailio tests are left out: ${reason}`)

describe.skipIf(reason !== null)('a softphone at Kamailio', () => {
  let runDir: string
  let stand: SipStand
  let phone: PhoneDriver

  beforeAll(async () => {
    runDir = await mkdtemp(join(tmpdir(), 'prozvon-sip-'))
    stand = await startSipStand({ runDir })
    phone = await startPhone(stand.spkiHash)
  })
  afterAll(async () => {
    await phone?.close()
    await stand?.close()
    await rm(runDir, { recursive: true, force: true })
  })
  beforeEach(() => phone.reload())

  function account() {
    const [first] = stand.accounts
    if (!first) throw new Error('the stand has no account')
    return { server: stand.wssUrl, domain: stand.domain, ...first }
  }

  /** The stand's entry of the phone's latest call. */
  function entry(): PbxCall {
    const last = stand.calls.at(-1)
    if (!last) throw new Error('the stand saw no call')
    return last
  }

  test('a wrong password is refused', async () => {
    expect(await phone.do('register', { ...account(), password: 'wrong' })).toBe(401)
  })

  test('rings without an answer until the operator cancels: 487', async () => {
    expect(await phone.do('register', account())).toBe(200)
    await phone.do('dial', NUMBERS.noAnswer)
    await phone.waitForStatus(180)
    await phone.do('hangUp')
    await phone.waitForStatus(487)
    await expect.poll(() => entry().endedBy).toBe('operator')
    expect(entry()).toMatchObject({
      from: account().user,
      number: NUMBERS.noAnswer,
      answeredAt: null,
      cancelledAt: expect.any(String),
      sipStatus: 487,
    })
  })

  test('is answered, with audio both ways, and ended by the operator', async () => {
    expect(await phone.do('register', account())).toBe(200)
    await phone.do('dial', NUMBERS.answers)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await expect.poll(() => entry().heardLevel, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
    await expect.poll(() => entry().endedBy).toBe('operator')
    expect(entry()).toMatchObject({ number: NUMBERS.answers, sipStatus: 200 })
  })

  test('is refused with the status of the number plan', async () => {
    expect(await phone.do('register', account())).toBe(200)
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
    expect(await phone.do('register', account())).toBe(200)
    await phone.do('dial', NUMBERS.hangsUp)
    await phone.waitForCall('up')
    await phone.waitForCall('ended')
    await expect.poll(() => entry().endedBy).toBe('client')

    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    stand.hangUp()
    await phone.waitForCall('ended')
    await expect.poll(() => entry().endedBy).toBe('client')
  })

  test('falls silent on mute and on hold, comes back, and carries digits', async () => {
    expect(await phone.do('register', account())).toBe(200)
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardLevelNow, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('mute', true)
    await expect.poll(() => entry().heardLevelNow, { timeout: 10_000 }).toBeLessThan(0.001)
    await phone.do('mute', false)
    await expect.poll(() => entry().heardLevelNow, { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)

    expect(await phone.do('hold', true)).toBe(200)
    expect(await phone.do('hold', false)).toBe(200)
    await expect.poll(() => phone.receivedLevel(1), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)

    await phone.do('sendDigits', '12#')
    await expect.poll(() => entry().digits, { timeout: 5_000 }).toBe('12#')
    await phone.do('sendDigitByInfo', '5')
    await expect.poll(() => entry().digits, { timeout: 5_000 }).toBe('12#5')
    await phone.do('hangUp')
  })

  test('echoes when the plan says so', async () => {
    expect(await phone.do('register', account())).toBe(200)
    await phone.do('dial', NUMBERS.echo)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
  })
})
