import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { readCampaign } from '../../lib/campaign/check.ts'
import type { Campaign, CampaignRef } from '../../lib/contracts/campaign.ts'
import type { SignedCampaign } from '../../lib/contracts/relay-campaigns.ts'
import type { Database } from '../database/schema.ts'
import { publishedVersions, readVersion } from './version-store.ts'

/** The campaigns that this relay holds, in every version it has. */
export interface CampaignLibrary {
  /** The newest version of each that is not retired, signed; and a tag that changes with them. */
  published(): Promise<{ campaigns: SignedCampaign[]; etag: string }>
  /** Any version ever published, also of a retired campaign: results refer to it. */
  find(ref: CampaignRef): Promise<Campaign | null>
}

/** Versions never change, so what was read once is kept in memory. */
export function openLibrary(db: Kysely<Database>): CampaignLibrary {
  const read = new Map<string, Campaign>()
  return {
    async published() {
      const campaigns = await publishedVersions(db)
      const digest = createHash('sha256')
      for (const { envelope } of campaigns) digest.update(envelope).update('\n')
      return { campaigns, etag: `"${digest.digest('base64url')}"` }
    },
    async find({ id, version }) {
      const known = read.get(`${id}@${version}`)
      if (known) return known
      const held = await readVersion(db, id, version)
      const campaign = held && readCampaign(held.document)
      if (!campaign?.ok) return null
      read.set(`${id}@${version}`, campaign.value)
      return campaign.value
    },
  }
}
