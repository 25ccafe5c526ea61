import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import { loadCampaign } from './relay.ts'
import { createDesk } from './world.ts'

const shipped = shippedCampaign('b2b-cold-ru') as Campaign
const published: Campaign = { ...shipped, id: 'of-the-relay', version: 4 }

const publishing = (...campaigns: Campaign[]): Pick<RelayClient, 'campaigns'> => ({
  campaigns: async () => ({ ok: true, value: { campaigns } }),
})
const away: Pick<RelayClient, 'campaigns'> = {
  campaigns: async () => ({ ok: false, reason: { reason: 'away', detail: '' } }),
}

beforeEach(() => fakeBrowser.reset())

/** The campaign of a background that has just woken. */
async function campaignBy(client: Parameters<typeof loadCampaign>[1]) {
  const desk = createDesk()
  await loadCampaign(desk, client)
  return { id: desk.world.campaign?.id, relay: desk.world.relay }
}

describe('the campaign to work by', () => {
  it('is the relay’s', async () => {
    expect(await campaignBy(publishing(published))).toEqual({ id: 'of-the-relay', relay: 'online' })
  })

  it.each([
    ['there is no relay', null, 'not_configured'],
    ['the relay publishes none', publishing(), 'online'],
    ['the relay is away', away, 'away'],
  ] as const)('is the shipped one when %s and none was ever given', async (_, client, relay) => {
    expect(await campaignBy(client)).toEqual({ id: 'b2b-cold-ru', relay })
  })

  it.each([
    ['publishes none any more', publishing(), 'online'],
    ['is away', away, 'away'],
  ] as const)('is the one given last when the relay %s', async (_, client, relay) => {
    await campaignBy(publishing(published))
    expect(await campaignBy(client)).toEqual({ id: 'of-the-relay', relay })
    expect(await campaignBy(client)).toEqual({ id: 'of-the-relay', relay })
  })
})
