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
 * operator's language. Which campaign a lead belongs to is the first published one for now.
 */
export async function loadCampaign(desk: Desk): Promise<void> {
  const client = relayClient(desk)
  if (!client) {
    const { campaign, settings } = desk.world
    return desk.set({ relay: 'not_configured', campaign: campaign ?? shipped(settings.language) })
  }
  const kept = await readKept()
  desk.set({ campaign: desk.world.campaign ?? kept })
  const answer = await client.campaigns()
  if (answer.ok) {
    await browser.storage.local.set({ [CACHE]: answer.value })
    const [campaign = null] = answer.value.campaigns
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
