import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { canonicalJson } from '../../lib/campaign/canonical.ts'
import { readCampaign } from '../../lib/campaign/check.ts'
import { differenceOf } from '../../lib/campaign/difference.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from '../log.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { addVersion, lockCampaign, newestVersion, readVersion } from './version-store.ts'

/** Stands as publisher of what came with the product or from the folder. */
const IMPORTER = { id: 'import', name: 'Prozvon' }

/**
 * Brings the product's or the folder's documents in. A campaign that this relay has never had is
 * published as it is, with all its versions; a document that is new for one that it has is offered
 * to the coordinators, never put over what they made of it. Doing it again changes nothing.
 */
export async function importCampaigns(
  db: Kysely<Database>,
  campaigns: readonly Campaign[],
  log: Log,
  sealer: Sealer | null,
): Promise<void> {
  for (const [id, versions] of Map.groupBy(campaigns, (campaign) => campaign.id)) {
    await db.transaction().execute(async (trx) => {
      await lockCampaign(trx, id)
      const isNew = (await newestVersion(trx, id)) === null
      for (const campaign of versions.toSorted((a, b) => a.version - b.version)) {
        await importOne(trx, campaign, isNew, log, sealer)
      }
    })
  }
}

async function importOne(
  trx: Transaction<Database>,
  campaign: Campaign,
  isNew: boolean,
  log: Log,
  sealer: Sealer | null,
): Promise<void> {
  const { id, version } = campaign
  const isOpen = !isNew && (await differsFromNewest(trx, campaign))
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('campaign_import')
    .values({
      campaign_id: id,
      digest: createHash('sha256').update(canonicalJson(campaign)).digest(),
      document: canonicalJson(campaign),
      is_open: isOpen,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) return
  if (isNew) await addVersion(trx, campaign, IMPORTER, { origin: 'import', note: '' }, sealer)
  else if (isOpen) log.info({ campaign: id, version }, 'a newer document is offered')
}

async function differsFromNewest(trx: Transaction<Database>, campaign: Campaign): Promise<boolean> {
  const newest = await newestVersion(trx, campaign.id)
  const held = newest === null ? null : await readVersion(trx, campaign.id, newest)
  const read = readCampaign(held?.document)
  if (!read.ok) return true
  return differenceOf({ ...read.value, version: 0 }, { ...campaign, version: 0 }).length > 0
}

/** The newest document that waits to be looked at; null when none does. */
export async function readOffer(
  db: Kysely<Database> | Transaction<Database>,
  id: string,
): Promise<Record<string, unknown> | null> {
  const row = await db
    .selectFrom('campaign_import')
    .select('document')
    .where('campaign_id', '=', id)
    .where('is_open', '=', true)
    .orderBy('imported_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (JSON.parse(row.document) as Record<string, unknown>) : null
}

/** All offers for a campaign are settled: taken into a draft, or turned down. */
export async function settleOffers(trx: Transaction<Database>, id: string): Promise<void> {
  await trx
    .updateTable('campaign_import')
    .set({ is_open: false })
    .where('campaign_id', '=', id)
    .execute()
}
