import { browser } from 'wxt/browser'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign, CampaignRef } from '../../lib/contracts/campaign.ts'
import type { CampaignTrouble } from '../../lib/contracts/panel.ts'
import type { SignedCampaign } from '../../lib/contracts/relay-campaigns.ts'
import {
  type CampaignCache,
  readCampaignCache,
  writeCampaignCache,
} from '../../lib/extension/campaign-cache.ts'
import { openEnvelope, trustKeys } from '../../lib/extension/campaign-envelope.ts'
import { createRelayClient, type RelayClient } from '../../lib/extension/relay-client.ts'
import type { Desk } from './world.ts'

const ALARM = 'campaigns'
const POLL_MINUTES = 2

/** The relay of the settings, or null when none is set up. */
export function relayClient(desk: Desk): RelayClient | null {
  const { relay } = desk.world.settings
  return relay && createRelayClient({ ...relay, fetch: (...request) => fetch(...request) })
}

/** Looks for newer campaigns every so often, and at once when the network comes back. */
export function serveCampaigns(desk: Desk, ready: Promise<void>, onLoaded: () => void): void {
  const load = () =>
    void ready.then(() => (desk.world.settings.relay ? loadCampaigns(desk) : null)).then(onLoaded)
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) load()
  })
  void browser.alarms.get(ALARM).then((alarm) => {
    if (!alarm) void browser.alarms.create(ALARM, { periodInMinutes: POLL_MINUTES })
  })
  self.addEventListener('online', load)
}

type Source = Pick<RelayClient, 'campaigns' | 'keys'>

/**
 * The campaigns to work by: the relay's, else those it gave last, else the shipped one of the
 * operator's language. Only what is rightly signed is used; of a campaign that came damaged or
 * forged the last good version stays. A relay that answers with an empty list has retired all.
 */
export async function loadCampaigns(
  desk: Desk,
  client: Source | null = relayClient(desk),
): Promise<void> {
  const { settings } = desk.world
  if (!client) {
    return desk.set({
      campaigns: shipped(settings.language),
      earlierCampaigns: [],
      campaignTrouble: null,
      relay: 'not_configured',
    })
  }
  const address = settings.relay?.address ?? ''
  const kept = await readCampaignCache(address)
  const isWhole = kept !== null && (await show(desk, kept))
  if (!kept && desk.world.campaigns.length === 0)
    desk.set({ campaigns: shipped(settings.language) })

  const answer = await client.campaigns(isWhole ? kept.etag : null)
  if (!answer.ok) {
    return desk.set({ relay: answer.reason.reason === 'unauthorized' ? 'refused' : 'away' })
  }
  desk.set({ relay: 'online' })
  if (answer.value === 'unchanged') return
  const offered = await client.keys()
  if (!offered.ok) return desk.set({ relay: 'away' })
  const keys = await trustKeys(kept?.keys ?? null, offered.value.keys)
  const taken = await take(answer.value.campaigns, kept, keys)
  const cache: CampaignCache = {
    relay: address,
    keys,
    // What was refused is asked for again: the relay's administrator may have mended it.
    etag: taken.trouble === null ? answer.value.etag : null,
    campaigns: taken.campaigns,
    earlier: earlierOf(desk, kept, taken.campaigns),
  }
  await writeCampaignCache(cache)
  await show(desk, cache)
  desk.set({ campaignTrouble: taken.trouble })
}

/** Of each campaign offered the version to keep: the offered one, or the last good one. */
async function take(
  offered: readonly SignedCampaign[],
  kept: CampaignCache | null,
  keys: CampaignCache['keys'],
): Promise<{ campaigns: SignedCampaign[]; trouble: CampaignTrouble | null }> {
  const campaigns: SignedCampaign[] = []
  let trouble: CampaignTrouble | null = null
  for (const signed of offered) {
    const opened = await openEnvelope(signed, keys)
    const lastGood = kept?.campaigns.find(({ id }) => id === signed.id)
    if (!opened.ok) trouble = opened.reason
    const usable = opened.ok ? signed : lastGood
    if (usable) campaigns.push(usable)
  }
  return { campaigns, trouble }
}

/** The versions that attempts in hand were begun by, where they are no longer the newest. */
function earlierOf(
  desk: Desk,
  kept: CampaignCache | null,
  campaigns: readonly SignedCampaign[],
): SignedCampaign[] {
  const refs = [...desk.world.drafts.values()].map(({ campaign }) => campaign)
  return [...(kept?.campaigns ?? []), ...(kept?.earlier ?? [])].filter(
    (signed) =>
      refs.some((ref) => isVersion(signed, ref)) &&
      !campaigns.some((newest) => isVersion(newest, signed)),
  )
}

/** Shows what is kept as far as it still proves itself; tells whether that is all of it. */
async function show(desk: Desk, { campaigns, earlier, keys }: CampaignCache): Promise<boolean> {
  const open = async (list: readonly SignedCampaign[]): Promise<Campaign[]> => {
    const opened = await Promise.all(list.map((signed) => openEnvelope(signed, keys)))
    return opened.flatMap((result) => (result.ok ? [result.value] : []))
  }
  const opened = await open(campaigns)
  desk.set({ campaigns: opened, earlierCampaigns: await open(earlier) })
  return opened.length === campaigns.length
}

function isVersion(a: CampaignRef, b: CampaignRef): boolean {
  return a.id === b.id && a.version === b.version
}

function shipped(language: string): Campaign[] {
  const campaign = shippedCampaign(language === 'uk' ? 'b2b-cold-uk' : 'b2b-cold-ru')
  return campaign ? [campaign] : []
}
