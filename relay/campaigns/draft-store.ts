import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { checkedCampaign } from '../../lib/campaign/check.ts'
import type { CampaignDraft } from '../../lib/contracts/relay-campaigns.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database> | Transaction<Database>
type Document = Record<string, unknown>

/** So many earlier states of a draft are kept to tell what changed. */
const PAST_STATES = 50

/** The open draft, with what still keeps it from being published; null when there is none. */
export async function readDraft(db: Db, id: string): Promise<CampaignDraft | null> {
  const row = await db
    .selectFrom('campaign_draft')
    .selectAll()
    .where('campaign_id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const document = JSON.parse(row.document) as Document
  const { stamp, base, editor, edited_at } = row
  const checked = checkedCampaign(asPublished(id, document, (base ?? 0) + 1))
  return {
    ...{ id, document, stamp, base },
    editedBy: editor,
    editedAt: edited_at.toISOString(),
    problems: checked.ok ? [] : checked.reason,
  }
}

/** Writes a draft's next state, behind `lockCampaign`. */
export async function putDraft(
  trx: Transaction<Database>,
  {
    id,
    document,
    base,
    editor,
  }: { id: string; document: Document; base: number | null; editor: string },
): Promise<void> {
  const state = {
    stamp: randomUUID(),
    document: JSON.stringify(document),
    edited_at: new Date(),
  }
  await trx
    .insertInto('campaign_draft')
    .values({ campaign_id: id, base, editor, ...state })
    .onConflict((conflict) =>
      conflict.column('campaign_id').doUpdateSet({ base, editor, ...state }),
    )
    .execute()
  await trx
    .insertInto('campaign_draft_past')
    .values({ campaign_id: id, ...state })
    .execute()
  await trx
    .deleteFrom('campaign_draft_past')
    .where('campaign_id', '=', id)
    .where('stamp', 'not in', (select) =>
      select
        .selectFrom('campaign_draft_past')
        .select('stamp')
        .where('campaign_id', '=', id)
        .orderBy('edited_at', 'desc')
        .limit(PAST_STATES),
    )
    .execute()
}

/** What the draft said under an earlier stamp; null when that is forgotten. */
export async function readPastDraft(db: Db, id: string, stamp: string): Promise<Document | null> {
  const row = await db
    .selectFrom('campaign_draft_past')
    .select('document')
    .where('campaign_id', '=', id)
    .where('stamp', '=', stamp)
    .executeTakeFirst()
  return row ? (JSON.parse(row.document) as Document) : null
}

/** Ends the draft. Its last states stay, so that whoever still edits it learns what became of it. */
export async function dropDraft(trx: Transaction<Database>, id: string): Promise<void> {
  await trx.deleteFrom('campaign_draft').where('campaign_id', '=', id).execute()
}

/** A draft's document with the name and number it is published under; those aren't its to say. */
export function asPublished(id: string, document: Document, version: number): Document {
  return { ...document, id, version }
}
