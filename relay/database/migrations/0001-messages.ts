import { type Kysely, sql } from 'kysely'

/** Tokens, messages, and the first answers to their keys. */
export async function createMessages(db: Kysely<unknown>): Promise<void> {
  const now = sql`now()`
  await db.schema
    .createTable('token')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'bytea', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addColumn('revoked_at', 'timestamptz')
    .execute()
  await db.schema
    .createTable('message')
    .addColumn('id', 'uuid', (c) => c.primaryKey())
    .addColumn('token_id', 'text', (c) => c.notNull().references('token.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('campaign_id', 'text', (c) => c.notNull())
    .addColumn('campaign_version', 'integer', (c) => c.notNull())
    .addColumn('template', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('subject', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('card', 'jsonb', (c) => c.notNull())
    .addColumn('attempt_id', 'uuid', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .addColumn('submission_id', 'uuid')
    .addColumn('submitted_at', 'timestamptz')
    .addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addCheckConstraint(
      'message_state',
      sql`state in ('queued', 'submitting', 'sent', 'delivered', 'undelivered', 'failed')`,
    )
    .execute()
  // Few messages are being submitted at any moment; the sweep for doubts reads only those.
  await db.schema
    .createIndex('message_submitting')
    .on('message')
    .column('submitted_at')
    .where(sql.ref('state'), '=', sql.lit('submitting'))
    .execute()
  await db.schema
    .createTable('idempotency_record')
    .addColumn('token_id', 'text', (c) => c.notNull().references('token.id'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('request_hash', 'bytea', (c) => c.notNull())
    .addColumn('message_id', 'uuid', (c) => c.notNull())
    .addColumn('answer', 'jsonb', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(now))
    .addPrimaryKeyConstraint('idempotency_record_key', ['token_id', 'key'])
    .execute()
  await db.schema
    .createTable('signing_key')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('key', 'bytea', (c) => c.notNull())
    .execute()
}
