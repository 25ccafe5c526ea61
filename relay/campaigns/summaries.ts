import type { Kysely } from 'kysely'
import type { CampaignSummary } from '../../lib/contracts/relay-campaigns.ts'
import type { Database } from '../database/schema.ts'
import { readDraft } from './draft-store.ts'
import { readOffer } from './import.ts'
import { listVersions, readVersion } from './version-store.ts'

/**
 * How a campaign stands; null when there is none. Who may not see drafts gets neither the draft
 * nor a campaign that is nothing but one.
 */
export async function summaryOf(
  db: Kysely<Database>,
  id: string,
  maySeeDrafts: boolean,
): Promise<CampaignSummary | null> {
  const row = await db
    .selectFrom('campaign')
    .select('retired_at')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const versions = await listVersions(db, id)
  const draft = maySeeDrafts ? await readDraft(db, id) : null
  const [newest] = versions
  if (!newest && !draft) return null
  const document = newest ? (await readVersion(db, id, newest.version))?.document : draft?.document
  const { title } = Object(document)
  return {
    id,
    title: typeof title === 'string' ? title : id,
    retiredAt: row.retired_at?.toISOString() ?? null,
    versions,
    draft: draft && {
      stamp: draft.stamp,
      base: draft.base,
      editedBy: draft.editedBy,
      editedAt: draft.editedAt,
    },
    hasOffer: maySeeDrafts && (await readOffer(db, id)) !== null,
  }
}

/** All campaigns, the retired ones too, by id. */
export async function listSummaries(
  db: Kysely<Database>,
  maySeeDrafts: boolean,
): Promise<CampaignSummary[]> {
  const rows = await db.selectFrom('campaign').select('id').orderBy('id').execute()
  const summaries = await Promise.all(rows.map(({ id }) => summaryOf(db, id, maySeeDrafts)))
  return summaries.filter((summary) => summary !== null)
}
