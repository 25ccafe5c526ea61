import { type Kysely, sql } from 'kysely'

/** The portal and our application there, people's accounts with their token pairs, sign-ins. */
export async function createOAuth(db: Kysely<unknown>): Promise<void> {
  await sql`create table portal_application (
    member_id text primary key,
    configured_origin text not null,
    origin text not null,
    offered_origin text,
    application_token text,
    connected_at timestamptz not null default now()
  )`.execute(db)
  await sql`create table portal_account (
    person_id uuid primary key references person (id),
    member_id text not null references portal_application (member_id),
    user_id integer not null,
    auth_origin text not null,
    sealed text not null,
    expires_at timestamptz not null,
    refreshed_at timestamptz not null,
    ended text,
    ended_at timestamptz
  )`.execute(db)
  // An index for the one refresh that pairs get which nobody uses.
  await sql`create index portal_account_refreshed on portal_account (refreshed_at)
    where ended is null`.execute(db)
  // Written by a transaction of its own while the account's row is locked: it outlives a crash.
  await sql`create table token_refresh (
    person_id uuid primary key references person (id),
    started_at timestamptz not null
  )`.execute(db)
  await sql`create table sign_in (
    id uuid primary key,
    state_hash bytea not null unique,
    challenge text not null,
    language text not null,
    address text not null,
    expires_at timestamptz not null,
    returned_at timestamptz,
    person_id uuid references person (id),
    failure text,
    token_given_at timestamptz
  )`.execute(db)
}
