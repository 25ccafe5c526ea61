import { type Kysely, sql, type Transaction } from 'kysely'
import { canonicalJson } from '../../lib/campaign/canonical.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { CampaignVersion, VersionOrigin } from '../../lib/contracts/relay-campaigns.ts'
import { type AuditEvent, recordAudit } from '../audit/audit-log.ts'
import { crashPoint } from '../crash-point.ts'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { sign } from './signing-keys.ts'

type Db = Kysely<Database> | Transaction<Database>

/** Who publishes or edits: an id for the audit log, a name for people. */
export interface Editor {
  id: string
  name: string
}

/**
 * Everybody who changes a campaign waits here for those before him, over all relays: from here to
 * the end of the transaction nothing of it changes but by us.
 */
export async function lockCampaign(
  trx: Transaction<Database>,
  id: string,
): Promise<{ isRetired: boolean }> {
  await trx
    .insertInto('campaign')
    .values({ id, retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await trx
    .selectFrom('campaign')
    .select('retired_at')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { isRetired: row.retired_at !== null }
}

/** The number of the newest version; null when none was ever published. */
export async function newestVersion(db: Db, id: string): Promise<number | null> {
  const row = await db
    .selectFrom('campaign_version')
    .select((select) => select.fn.max<number | null>('version').as('version'))
    .where('campaign_id', '=', id)
    .executeTakeFirst()
  return row?.version ?? null
}

/** A version's document as it was published, whatever its shape; null when there is none. */
export async function readVersion(
  db: Db,
  id: string,
  version: number,
): Promise<{ document: unknown; envelope: string } | null> {
  const row = await db
    .selectFrom('campaign_version')
    .select(['document', 'envelope'])
    .where('campaign_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ? { document: JSON.parse(row.document), envelope: row.envelope } : null
}

/** Newest first. */
export async function listVersions(db: Db, id: string): Promise<CampaignVersion[]> {
  const rows = await db
    .selectFrom('campaign_version')
    .select(['version', 'origin', 'source', 'publisher', 'note', 'published_at'])
    .where('campaign_id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ version, origin, source, publisher, note, published_at }) => ({
    ...{ version, origin, source, note },
    publishedBy: publisher,
    publishedAt: published_at.toISOString(),
  }))
}

/** Signs a checked campaign and adds it, behind `lockCampaign`. Its number is the document's. */
export async function addVersion(
  trx: Transaction<Database>,
  campaign: Campaign,
  by: Editor,
  how: { origin: VersionOrigin; source?: number; note: string },
  sealer: Sealer | null,
): Promise<CampaignVersion> {
  const publishedAt = new Date()
  const signed = { campaign, publishedBy: by.name, publishedAt: publishedAt.toISOString() }
  const envelope = await sign(trx, 'campaign', signed, sealer)
  crashPoint('campaigns.signed')
  const row = {
    version: campaign.version,
    origin: how.origin,
    source: how.source ?? null,
    note: how.note,
  }
  await trx
    .insertInto('campaign_version')
    .values({
      ...row,
      campaign_id: campaign.id,
      document: canonicalJson(campaign),
      envelope,
      publisher_id: by.id,
      publisher: by.name,
      published_at: publishedAt,
    })
    .execute()
  crashPoint('campaigns.versionWritten')
  await recordAudit(trx, {
    kind: 'campaign.published',
    actor: actorOf(by),
    subject: `campaign:${campaign.id}`,
    detail: { version: campaign.version, origin: how.origin, source: how.source ?? null },
  })
  return { ...row, publishedBy: by.name, publishedAt: publishedAt.toISOString() }
}

/** An editor as the audit log names him. */
export function actorOf({ id, name }: Editor): AuditEvent['actor'] {
  if (id === 'command') return 'command'
  return id === 'import' ? 'relay' : { personId: id, name }
}

/** The newest version of every campaign that is not retired, by id. */
export async function publishedVersions(db: Db) {
  const rows = await db
    .selectFrom('campaign_version')
    .innerJoin('campaign', 'campaign.id', 'campaign_version.campaign_id')
    .distinctOn('campaign_id')
    .select(['campaign_id', 'version', 'envelope'])
    .where(sql.ref('campaign.retired_at'), 'is', null)
    .orderBy('campaign_id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ campaign_id: id, version, envelope }) => ({ id, version, envelope }))
}
