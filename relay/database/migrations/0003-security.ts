import { type Kysely, sql } from 'kysely'

/** Pairing codes, SIP accounts, what roles see, quotas, and the audit log. */
export async function createSecurity(db: Kysely<unknown>): Promise<void> {
  await sql`create table pairing_code (
    code_hash bytea primary key,
    person_id uuid not null references person (id),
    role text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz
  )`.execute(db)
  await sql`create table softphone_account (
    person_id uuid primary key references person (id),
    sealed text not null,
    updated_at timestamptz not null default now()
  )`.execute(db)
  await sql`create table role_access (
    role text primary key,
    masks_phones boolean not null,
    may_export boolean not null
  )`.execute(db)
  // Who does not call does not need the numbers, until an administrator says otherwise.
  await sql`insert into role_access values
    ('operator', false, false), ('sales_rep', false, false), ('coordinator', false, true),
    ('head_of_sales', false, true), ('quality', true, false), ('customer', true, false),
    ('technician', true, false), ('admin', false, true)`.execute(db)
  await sql`create table quota_use (
    person_id uuid not null references person (id),
    quota text not null,
    day date not null,
    used integer not null,
    primary key (person_id, quota, day)
  )`.execute(db)
  await createAudit(db)
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await sql`create table audit_event (
    seq bigint primary key,
    at timestamptz not null,
    kind text not null,
    content text not null,
    hash bytea not null
  )`.execute(db)
  await sql`create table audit_chain (
    id integer primary key check (id = 1),
    seq bigint not null,
    hash bytea not null
  )`.execute(db)
  await sql`insert into audit_chain values (1, 0, decode(repeat('00', 32), 'hex'))`.execute(db)
  await sql`create function refuse_audit_change() returns trigger language plpgsql as $$
    begin raise exception 'the audit log is append-only'; end $$`.execute(db)
  await sql`create trigger audit_event_append_only before update or delete or truncate
    on audit_event for each statement execute function refuse_audit_change()`.execute(db)
}
