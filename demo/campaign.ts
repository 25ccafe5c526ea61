import type { Campaign } from '../lib/contracts/campaign.ts'
import { quickCampaign } from '../test/support/quick-campaign.ts'

/** The demo's campaign: short waits, so that what comes after the ringing is soon seen. */
export function demoCampaign(language: 'ru' | 'uk'): Campaign {
  return quickCampaign(language, { waitSeconds: 8, undoSeconds: 2 })
}
