import { type Kysely, sql } from 'kysely'

/**
 * People, whose tokens are their keys: messages and repeated requests belong to the person, so
 * that what was sent under a lost token is not done again under its successor.
 */
export async function createPeople(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'uuid', (c) => c.primaryKey().defaultTo(sql`gen_random_uuid()`))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('portal_member_id', 'text')
    .addColumn('portal_user_id', 'integer')
    .addColumn('is_active', 'boolean', (c) => c.notNull().defaultTo(true))
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addUniqueConstraint('person_portal_user', ['portal_member_id', 'portal_user_id'])
    .execute()

  // One person for each token there is: nobody can say which of them were the same.
  await sql`alter table token add column person_id uuid`.execute(db)
  await sql`update token set person_id = gen_random_uuid()`.execute(db)
  await sql`insert into person (id, name, role, created_at)
            select person_id, name, role, created_at from token`.execute(db)
  await sql`alter table token
            alter column person_id set not null,
            add foreign key (person_id) references person (id),
            add column last_used_at timestamptz,
            add column expires_at timestamptz,
            drop column name,
            drop column role`.execute(db)

  await sql`alter table message add column person_id uuid references person (id)`.execute(db)
  await sql`update message set person_id = token.person_id
            from token where token.id = message.token_id`.execute(db)
  await sql`alter table message alter column person_id set not null`.execute(db)

  await sql`alter table idempotency_record add column person_id uuid references person (id)`.execute(
    db,
  )
  await sql`update idempotency_record set person_id = token.person_id
            from token where token.id = idempotency_record.token_id`.execute(db)
  await sql`alter table idempotency_record
            drop constraint idempotency_record_key,
            alter column person_id set not null,
            drop column token_id,
            drop column message_id,
            add constraint idempotency_record_key primary key (person_id, key)`.execute(db)
}
