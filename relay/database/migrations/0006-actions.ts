import { type Kysely, sql } from 'kysely'

/** The action log, append-only by the database's own rules, and who is at work. */
export async function createActions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table action (
      id uuid primary key,
      seq bigint not null generated always as identity,
      -- Readers that follow the log go by it: a transaction's rows show only once those of all
      -- earlier transactions do (relay/actions/read-actions.ts).
      xact xid8 not null default pg_current_xact_id(),
      at timestamptz not null,
      received_at timestamptz not null default now(),
      clock_behind_ms integer not null,
      -- No foreign keys: a log keeps what it was told, and each would cost a look-up a row.
      person_id uuid,
      by text not null,
      kind text not null,
      campaign_id text,
      campaign_version integer,
      card_key text,
      attempt_id uuid,
      event jsonb not null
    )`.execute(db)
  await sql`create index action_newest on action (at desc, seq desc)`.execute(db)
  await sql`create index action_received on action (xact, seq)`.execute(db)
  await sql`create index action_of_person on action (person_id, at desc, seq desc)`.execute(db)
  await sql`create index action_of_campaign on action (campaign_id, at desc, seq desc)`.execute(db)
  await sql`create index action_of_card on action (card_key, at desc, seq desc)
    where card_key is not null`.execute(db)

  await sql`
    create table action_personal (
      action_id uuid primary key,
      phone text,
      email text,
      text text,
      blanked_at timestamptz
    )`.execute(db)
  await sql`create index action_personal_phone on action_personal (phone)
    where phone is not null`.execute(db)
  await sql`create index action_personal_email on action_personal (lower(email))
    where email is not null`.execute(db)

  await sql`
    create function action_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'the action log is append-only' using errcode = 'restrict_violation';
    end $$`.execute(db)
  await sql`create trigger action_append_only before update or delete or truncate on action
    for each statement execute function action_is_append_only()`.execute(db)
  await sql`create trigger action_personal_stays before delete or truncate on action_personal
    for each statement execute function action_is_append_only()`.execute(db)
  // The one change there is: personal data of an action go away.
  await sql`
    create function action_personal_only_blanked() returns trigger language plpgsql as $$
    begin
      if new.action_id <> old.action_id
        or coalesce(new.phone <> old.phone, new.phone is not null)
        or coalesce(new.email <> old.email, new.email is not null)
        or coalesce(new.text <> old.text, new.text is not null)
        or new.blanked_at is null
      then
        raise exception 'personal data of an action can only be blanked'
          using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger action_personal_blanking before update on action_personal
    for each row execute function action_personal_only_blanked()`.execute(db)

  // Which campaigns a customer's people may look into.
  await sql`
    create table person_campaign (
      person_id uuid not null references person (id),
      campaign_id text not null,
      primary key (person_id, campaign_id)
    )`.execute(db)

  // Unlogged: after a crash everybody who is at work tells so again within seconds.
  await sql`
    create unlogged table presence (
      person_id uuid not null,
      device_id uuid not null,
      state text not null,
      since timestamptz not null,
      call_id uuid,
      expires_at timestamptz not null,
      primary key (person_id, device_id)
    )`.execute(db)
}
