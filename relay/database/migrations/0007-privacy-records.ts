import { type Kysely, sql } from 'kysely'

/** That personal data was erased or had its time: when, by whom, how much; never whose. */
export async function createPrivacyRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('privacy_record')
    .addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('counts', 'jsonb', (c) => c.notNull())
    .addColumn('retain_days', 'integer')
    .addColumn('identifier_salt', 'bytea')
    .addColumn('identifier_hash', 'bytea')
    .addCheckConstraint('privacy_record_action', sql`action in ('erase', 'retain')`)
    .execute()
  // Retention looks for what is old and not emptied yet.
  await db.schema.createIndex('message_updated_at').on('message').column('updated_at').execute()
}
