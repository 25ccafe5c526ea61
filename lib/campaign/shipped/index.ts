import { Campaign } from '../../contracts/campaign.ts'
import { B2B_COLD_RU } from './b2b-cold-ru.ts'
import { B2B_COLD_UK } from './b2b-cold-uk.ts'

let parsed: Campaign[] | null = null

/** The campaigns that come with the product; used until the relay gives newer versions. */
export function shippedCampaigns(): Campaign[] {
  parsed ??= [Campaign.parse(B2B_COLD_RU), Campaign.parse(B2B_COLD_UK)]
  return parsed
}

/** A shipped campaign by id, or null. */
export function shippedCampaign(id: string): Campaign | null {
  return shippedCampaigns().find((campaign) => campaign.id === id) ?? null
}
