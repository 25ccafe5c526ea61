import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PhoneDriver, startPhone } from '../pbx/browser-phone/driver.ts'
import { type SipStand, startSipStand } from '../pbx/kamailio/stand.ts'
import { latestOf, testSoftphoneCalls } from '../pbx/softphone-calls.ts'
import { whyLeftOut } from '../support/left-out.ts'

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

  test('a wrong password is refused', async () => {
    expect(await phone.do('register', { ...account(), password: 'wrong' })).toBe(401)
  })

  describe('a call from a registered softphone', () => {
    beforeEach(async () => {
      expect(await phone.do('register', account())).toBe(200)
    })
    testSoftphoneCalls(() => ({
      phone,
      user: account().user,
      entry: () => latestOf(stand.calls),
      hangUpByClient: () => stand.hangUp(),
    }))
  })
})
