import { type Kysely, sql } from 'kysely'

/** Campaigns as versioned documents: what is published, the drafts, and the keys that sign them. */
export async function createCampaigns(db: Kysely<unknown>): Promise<void> {
  const now = sql`now()`
  await db.schema
    .createTable('campaign')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addColumn('retired_at', 'timestamptz')
    .execute()
  await db.schema
    .createTable('campaign_version')
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('version', 'integer', (c) => c.notNull().check(sql`version > 0`))
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('envelope', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('source', 'integer')
    .addColumn('publisher_id', 'text', (c) => c.notNull())
    .addColumn('publisher', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('published_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('campaign_version_key', ['campaign_id', 'version'])
    .addCheckConstraint('campaign_version_origin', sql`origin in ('import', 'draft', 'rollback')`)
    .execute()
  await db.schema
    .createTable('campaign_draft')
    .addColumn('campaign_id', 'text', (c) => c.primaryKey().references('campaign.id'))
    .addColumn('stamp', 'uuid', (c) => c.notNull())
    .addColumn('base', 'integer')
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('editor', 'text', (c) => c.notNull())
    .addColumn('edited_at', 'timestamptz', (c) => c.notNull())
    .execute()
  // What a draft was before: a conflict tells what changed since the state that its editor knew.
  await db.schema
    .createTable('campaign_draft_past')
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('stamp', 'uuid', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('edited_at', 'timestamptz', (c) => c.notNull())
    .addPrimaryKeyConstraint('campaign_draft_past_key', ['campaign_id', 'stamp'])
    .execute()
  await db.schema
    .createTable('campaign_import')
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('digest', 'bytea', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('is_open', 'boolean', (c) => c.notNull())
    .addColumn('imported_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addPrimaryKeyConstraint('campaign_import_key', ['campaign_id', 'digest'])
    .execute()
  await db.schema
    .createTable('campaign_key')
    .addColumn('kid', 'text', (c) => c.primaryKey())
    .addColumn('public_jwk', 'jsonb', (c) => c.notNull())
    .addColumn('private_jwk', 'jsonb', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull().unique())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .execute()
}
