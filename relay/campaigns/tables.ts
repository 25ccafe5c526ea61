import type { ColumnType, Generated } from 'kysely'
import type { SigningJwk, VersionOrigin } from '../../lib/contracts/relay-campaigns.ts'

type Json<T> = ColumnType<T, string, string>

export interface CampaignTable {
  id: string
  created_at: Generated<Date>
  /** Since when operators don't get it any more. */
  retired_at: Date | null
}

/** Written once, never changed. Documents are kept as text: what was signed, letter by letter. */
export interface CampaignVersionTable {
  campaign_id: string
  version: number
  document: string
  /** JWS over the document, its publisher and the time. */
  envelope: string
  origin: VersionOrigin
  source: number | null
  publisher_id: string
  publisher: string
  note: string
  published_at: Date
}

/** The one open draft of a campaign. */
export interface CampaignDraftTable {
  campaign_id: string
  stamp: string
  base: number | null
  document: string
  editor: string
  edited_at: Date
}

export interface CampaignDraftPastTable {
  campaign_id: string
  stamp: string
  document: string
  edited_at: Date
}

/** Documents that came with the product or from the folder; an open one waits to be looked at. */
export interface CampaignImportTable {
  campaign_id: string
  digest: Buffer
  document: string
  is_open: boolean
  imported_at: Generated<Date>
}

/** Keys that campaigns are signed with; the one in the last position signs. */
export interface CampaignKeyTable {
  kid: string
  public_jwk: Json<SigningJwk>
  /** A JWK as JSON, sealed when there is a RELAY_KEYS (relay/secrets/kept-key.ts). */
  private_jwk: string
  position: number
  created_at: Generated<Date>
}

export interface CampaignTables {
  campaign: CampaignTable
  campaign_version: CampaignVersionTable
  campaign_draft: CampaignDraftTable
  campaign_draft_past: CampaignDraftPastTable
  campaign_import: CampaignImportTable
  campaign_key: CampaignKeyTable
}
