import { z } from 'zod'
import { CampaignId } from './campaign.ts'
import { Instant } from './common.ts'

/**
 * The relay's API for campaigns. Published versions never change: an edit is made to the one open
 * draft of a campaign, and publishing it makes the next version. The admin guide tells how it is used.
 */

/** Something wrong in a campaign's document, and where: `scripts.0.steps.3.answers.1.next`. */
export const CampaignProblem = z.strictObject({
  path: z.string(),
  /** What is wrong and what to do, for people. */
  message: z.string(),
  /** In the file it was read from, from 1; null when it came from no file. */
  line: z.int().positive().nullable().default(null),
})
export type CampaignProblem = z.infer<typeof CampaignProblem>

/** One difference between two documents. Parts of lists that have ids are found by them. */
export const CampaignChange = z.strictObject({
  type: z.enum(['added', 'removed', 'changed']),
  /** `outcomes.no_answer.comment.text`. */
  path: z.string(),
  /** The same way in the document's own titles: «НЕТ ОТВЕТА», «Приветствие». */
  place: z.array(z.string()),
  /** Null where there was nothing. */
  old: z.unknown(),
  new: z.unknown(),
})
export type CampaignChange = z.infer<typeof CampaignChange>

/** How a version came to be. */
export const VersionOrigin = z.enum(['import', 'draft', 'rollback'])
export type VersionOrigin = z.infer<typeof VersionOrigin>

/** What the relay signs: the whole document, and who answers for it. */
export const PublishedCampaign = z.strictObject({
  /** A campaign of the shape it had when it was signed (`readCampaign` brings it to the present). */
  campaign: z.record(z.string(), z.unknown()),
  publishedBy: z.string(),
  publishedAt: Instant,
})
export type PublishedCampaign = z.infer<typeof PublishedCampaign>

/** A published campaign as the extension gets and keeps it. */
export const SignedCampaign = z.strictObject({
  id: CampaignId,
  version: z.int().positive(),
  /** JWS (RFC 7515, compact, ES256) over a `PublishedCampaign`, by a key of `/v1/keys`. */
  envelope: z.string(),
})
export type SignedCampaign = z.infer<typeof SignedCampaign>

/** GET /v1/campaigns → the newest version of each that is not retired, with an ETag. */
export const RelayCampaigns = z.strictObject({ campaigns: z.array(SignedCampaign) })
export type RelayCampaigns = z.infer<typeof RelayCampaigns>

/**
 * GET /v1/keys → a JWK Set (RFC 7517), the key in use first. Each key but the first ever made has
 * an `endorsement`: a JWS over its public half by the key before it, so that whoever trusts an old
 * key can come to trust the new one.
 */
export const SigningJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
  endorsement: z.string().optional(),
})
export type SigningJwk = z.infer<typeof SigningJwk>
export const RelayKeys = z.strictObject({ keys: z.array(SigningJwk).min(1) })
export type RelayKeys = z.infer<typeof RelayKeys>

export const CampaignVersion = z.strictObject({
  version: z.int().positive(),
  origin: VersionOrigin,
  /** Of a rollback: the version that was published again. */
  source: z.int().positive().nullable(),
  publishedBy: z.string(),
  publishedAt: Instant,
  note: z.string(),
})
export type CampaignVersion = z.infer<typeof CampaignVersion>

/** GET /v1/campaigns/:id/draft, and the answer to every write of it. */
export const CampaignDraft = z.strictObject({
  id: CampaignId,
  document: z.record(z.string(), z.unknown()),
  /** Also the ETag: to be sent as If-Match with the next write. */
  stamp: z.uuid(),
  /** The published version it began with; null for a new campaign. */
  base: z.int().positive().nullable(),
  editedBy: z.string(),
  editedAt: Instant,
  /** Why it can't be published as it stands; empty when it can. */
  problems: z.array(CampaignProblem),
})
export type CampaignDraft = z.infer<typeof CampaignDraft>

/** GET /v1/campaign-summaries, GET /v1/campaigns/:id. */
export const CampaignSummary = z.strictObject({
  id: CampaignId,
  title: z.string(),
  retiredAt: Instant.nullable(),
  /** Newest first. */
  versions: z.array(CampaignVersion),
  /** Null for those who may not see drafts, too. */
  draft: CampaignDraft.pick({ stamp: true, base: true, editedBy: true, editedAt: true }).nullable(),
  /** The product brought a newer document than was ever imported. */
  hasOffer: z.boolean(),
})
export type CampaignSummary = z.infer<typeof CampaignSummary>
export const CampaignSummaries = z.strictObject({ campaigns: z.array(CampaignSummary) })

/** The largest number that the database takes. */
const MAX_VERSION = 2 ** 31 - 1
const VersionNumber = z.int().positive().max(MAX_VERSION)
/** In an address. */
export const VersionInPath = z.coerce.number().int().positive().max(MAX_VERSION)

/** A document as it is being worked on: any JSON object, of text that databases keep. */
const DraftDocument = z
  .record(z.string(), z.unknown())
  .refine(isPlainText, 'holds characters that are no text (U+0000, half a character)')

function isPlainText(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, part]) => isPlainText(name) && isPlainText(part))
}

/** PUT /v1/campaigns/:id/draft; If-Match with the stamp known, or none to open a draft. */
export const DraftWrite = z.strictObject({
  document: DraftDocument,
  /** The version that the editor has looked through and built upon; left out, it stays. */
  base: VersionNumber.optional(),
})
export type DraftWrite = z.infer<typeof DraftWrite>

const Note = z.string().trim().max(500).refine(isPlainText, 'holds characters that are no text')
/** POST /v1/campaigns/:id/publish, with If-Match: the draft's stamp. */
export const PublishRequest = z.strictObject({ note: Note })
/** POST /v1/campaigns/:id/rollback; `newest` is the version that is to be replaced. */
export const RollbackRequest = z.strictObject({
  version: VersionNumber,
  newest: VersionNumber,
  note: Note,
})
/** POST /v1/campaigns/:id/retire takes it away from the operators, or gives it back. */
export const RetireRequest = z.strictObject({ retired: z.boolean() })

/** GET /v1/campaigns/:id/difference?from&to: version numbers, `draft` or `offer`. */
export const DifferenceSide = z.union([VersionInPath, z.enum(['draft', 'offer'])])
export type DifferenceSide = z.infer<typeof DifferenceSide>
export const CampaignDifference = z.strictObject({ changes: z.array(CampaignChange) })
export type CampaignDifference = z.infer<typeof CampaignDifference>

/** GET /v1/campaigns/:id/versions/:version. */
export const CampaignVersionDocument = CampaignVersion.extend({
  /** As it was published; `readCampaign` brings it to the present shape. */
  document: z.record(z.string(), z.unknown()),
  envelope: z.string(),
})
export type CampaignVersionDocument = z.infer<typeof CampaignVersionDocument>

/** GET /v1/campaigns/:id/offer → a newer document that came with the product or the folder. */
export const CampaignOffer = z.strictObject({ document: z.record(z.string(), z.unknown()) })
/** POST /v1/campaigns/:id/offer takes it into a new draft, or turns it down. */
export const OfferReply = z.strictObject({ take: z.boolean() })
export const OfferAnswer = z.strictObject({ draft: CampaignDraft.nullable() })

/** Part of a problem `conflict` (409): what is there now, because somebody else was first. */
export const CampaignConflict = z.strictObject({
  /** The stamp of the draft that is there now; null when there is none. */
  stamp: z.uuid().nullable(),
  newest: z.int().positive().nullable(),
  editedBy: z.string().nullable(),
  editedAt: Instant.nullable(),
  /** What the others changed since the state that was known; null when that state is forgotten. */
  changes: z.array(CampaignChange).nullable(),
})
export type CampaignConflict = z.infer<typeof CampaignConflict>
