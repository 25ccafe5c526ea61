import { browser } from 'wxt/browser'
import { z } from 'zod'
import { SignedCampaign, SigningJwk } from '../contracts/relay-campaigns.ts'

/** What is kept of a relay's campaigns: as it signed them, so that they can be checked again. */
const CampaignCache = z.strictObject({
  /** Whose they are; another relay's are none of ours. */
  relay: z.string(),
  /** The keys of this relay that are trusted, since its first use. */
  keys: z.array(SigningJwk),
  /** Of the last list that was taken whole; null = ask for all. */
  etag: z.string().nullable(),
  campaigns: z.array(SignedCampaign),
  /** Earlier versions, by which attempts in hand were begun. */
  earlier: z.array(SignedCampaign),
})
export type CampaignCache = z.infer<typeof CampaignCache>

const KEY = 'campaigns'

/** What is kept of this relay; null when nothing is, or nothing that can be understood. */
export async function readCampaignCache(relay: string): Promise<CampaignCache | null> {
  const stored = CampaignCache.safeParse((await browser.storage.local.get(KEY))[KEY])
  return stored.success && stored.data.relay === relay ? stored.data : null
}

export async function writeCampaignCache(cache: CampaignCache): Promise<void> {
  await browser.storage.local.set({ [KEY]: cache })
}

/** Trust begins anew with the next list: the operator has set the relay up again. */
export async function forgetCampaigns(): Promise<void> {
  await browser.storage.local.remove(KEY)
}
