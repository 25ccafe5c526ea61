import { expect, test } from 'vitest'
import type { PhoneDriver } from './browser-phone/driver.ts'
import type { PbxCall } from './journal.ts'
import { NUMBERS } from './number-plan.ts'

/** RMS above which something is certainly heard; the fake microphone's beeps give about 0.09. */
export const AUDIBLE = 0.02

/** A stand with a softphone that is registered there, as the tests of both stands see it. */
export interface Line {
  phone: PhoneDriver
  user: string
  /** The stand's entry of the phone's latest call. */
  entry(): PbxCall
  /** The client hangs up the latest call. */
  hangUpByClient(): void
}

/** The latest of a stand's calls. @throws Error when it saw none. */
export function latestOf(calls: readonly PbxCall[]): PbxCall {
  const last = calls.at(-1)
  if (!last) throw new Error('the stand saw no call')
  return last
}

/** What every SIP side must do for a registered softphone, the embedded stand as a real server. */
export function testSoftphoneCalls(line: () => Line): void {
  test('rings without an answer until the operator cancels: 487', async () => {
    const { phone, user, entry } = line()
    await phone.do('dial', NUMBERS.noAnswer)
    await phone.waitForStatus(180)
    await phone.do('hangUp')
    await phone.waitForStatus(487)
    await expect.poll(() => entry().endedBy, { timeout: 15_000 }).toBe('operator')
    expect(entry()).toMatchObject({
      from: user,
      number: NUMBERS.noAnswer,
      answeredAt: null,
      cancelledAt: expect.any(String),
      sipStatus: 487,
    })
  })

  test('is answered, with audio both ways, and ended by the operator', async () => {
    const { phone, entry } = line()
    await phone.do('dial', NUMBERS.answers)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await expect.poll(() => entry().heardLevel, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
    await expect.poll(() => entry().endedBy).toBe('operator')
    expect(entry()).toMatchObject({
      number: NUMBERS.answers,
      sipStatus: 200,
      answeredAt: expect.any(String),
    })
  })

  test('is refused with the status of the number plan', async () => {
    const { phone, entry } = line()
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
    const { phone, entry, hangUpByClient } = line()
    await phone.do('dial', NUMBERS.hangsUp)
    await phone.waitForCall('up')
    await phone.waitForCall('ended')
    await expect.poll(() => entry().endedBy).toBe('client')

    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    hangUpByClient()
    await phone.waitForCall('ended')
    await expect.poll(() => entry().endedBy).toBe('client')
  })

  test('falls silent on mute and on hold, and comes back', async () => {
    const { phone, entry } = line()
    const heardNow = () => entry().heardLevelNow
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(heardNow, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('mute', true)
    await expect.poll(heardNow, { timeout: 10_000 }).toBeLessThan(0.001)
    await phone.do('mute', false)
    await expect.poll(heardNow, { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)

    expect(await phone.do('hold', true)).toBe(200)
    expect(await phone.do('hold', false)).toBe(200)
    await expect.poll(() => phone.receivedLevel(1), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
  })

  test('carries digits by RFC 4733 and by INFO', async () => {
    const { phone, entry } = line()
    await phone.do('dial', NUMBERS.tone)
    await phone.waitForCall('up')
    await expect.poll(() => entry().heardLevelNow, { timeout: 5_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('sendDigits', '12#')
    await expect.poll(() => entry().digits, { timeout: 5_000 }).toBe('12#')
    await phone.do('sendDigitByInfo', '5')
    await expect.poll(() => entry().digits, { timeout: 5_000 }).toBe('12#5')
    await phone.do('hangUp')
  })

  test('echoes when the plan says so', async () => {
    const { phone } = line()
    await phone.do('dial', NUMBERS.echo)
    await phone.waitForCall('up')
    await expect.poll(() => phone.receivedLevel(2), { timeout: 10_000 }).toBeGreaterThan(AUDIBLE)
    await phone.do('hangUp')
  })
}
