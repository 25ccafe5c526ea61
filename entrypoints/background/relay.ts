import { browser } from 'wxt/browser'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { RelayCampaigns } from '../../lib/contracts/relay-api.ts'
import { createRelayClient, type RelayClient } from '../../lib/extension/relay-client.ts'
import type { Desk } from './world.ts'

const CACHE = 'campaigns'

/** The relay of the settings, or null when none is set up. */
export function relayClient(desk: Desk): RelayClient | null {
  const { relay } = desk.world.settings
  return relay && createRelayClient({ ...relay, fetch: (...request) => fetch(...request) })
}

/**
 * The campaign to work by: the relay's, else the one it gave last, else the shipped one of the
 * operator's language. A relay that publishes none takes nothing away: there is always one to
 * work by. Which campaign a lead belongs to is the first published one for now.
 */
export async function loadCampaign(
  desk: Desk,
  client: Pick<RelayClient, 'campaigns'> | null = relayClient(desk),
): Promise<void> {
  const { settings } = desk.world
  const kept = client && (await readKept())
  desk.set({ campaign: desk.world.campaign ?? kept ?? shipped(settings.language) })
  if (!client) return desk.set({ relay: 'not_configured' })
  const answer = await client.campaigns()
  if (answer.ok) {
    const [campaign] = answer.value.campaigns
    if (!campaign) return desk.set({ relay: 'online' })
    await browser.storage.local.set({ [CACHE]: answer.value })
    return desk.set({ relay: 'online', campaign })
  }
  const isRefused = answer.reason.reason === 'unauthorized'
  desk.set({ relay: isRefused ? 'refused' : 'away' })
}

async function readKept(): Promise<Campaign | null> {
  const stored = RelayCampaigns.safeParse((await browser.storage.local.get(CACHE))[CACHE])
  return stored.success ? (stored.data.campaigns[0] ?? null) : null
}

function shipped(language: string): Campaign | null {
  return shippedCampaign(language === 'uk' ? 'b2b-cold-uk' : 'b2b-cold-ru')
}
