import { rm } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { kannelMissing, startRealKannel } from '../../test/gateways/real-kannel.ts'
import { relayClient } from '../../test/gateways/relay-client.ts'
import { campaignFixture, requestFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { startRelay } from '../relay.ts'
import { readKannelReport } from './kannel.ts'

it.each([
  [1, 'delivered'],
  [2, 'undelivered'],
  [4, 'accepted'],
  [8, 'accepted'],
  [16, 'rejected'],
])('report %i means %s', (report, event) => {
  expect(readKannelReport(report)?.event).toBe(event)
})

it('a report of an unknown kind means nothing', () => {
  expect(readKannelReport(32)).toBeNull()
})

const missing = kannelMissing()
if (missing) console.warn(`the test against the real Kannel is skipped: ${missing}`)

it.skipIf(missing)(
  'the real Kannel takes an SMS and reports it delivered',
  async () => {
    const folder = await temporaryFolder('real-kannel')
    const kannel = await startRealKannel()
    const { url, username, password } = kannel
    const relay = await startRelay({
      database: { folder },
      campaigns: [campaignFixture],
      kannel: { url, username, password, from: 'Prozvon' },
      logLevel: 'silent',
    })
    try {
      const client = relayClient(relay.address, await relay.addToken('Олена', 'operator'))
      const { id } = await client.sent(requestFixture(), 'key')
      const final = await client.until(
        id,
        ({ state }) => state === 'delivered' || state === 'failed',
      )
      expect(final.state).toBe('delivered')
      expect(kannel.network()).toContain('380501234567')
    } finally {
      await relay.close()
      await kannel.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
