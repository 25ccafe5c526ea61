import { type Kysely, sql } from 'kysely'

/** The stop list: entries, what was decided of them, consents, and the version of the list. */
export async function createStopList(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table stop_entry (
      id uuid primary key,
      seq bigint not null unique generated always as identity,
      -- The version of the list that it came with; one for all that came together.
      version bigint not null,
      subject_kind text not null check (subject_kind in ('phone', 'mail', 'company')),
      subject_value text not null,
      scope_kind text not null check (scope_kind in ('global', 'customer', 'campaign')),
      scope_id text check ((scope_kind = 'global') = (scope_id is null)),
      channel text not null check (channel in ('call', 'sms', 'mail', 'all')),
      term_kind text not null check (term_kind in ('permanent', 'until_reviewed', 'until')),
      term_until timestamptz check ((term_kind = 'until') = (term_until is not null)),
      source text not null,
      words text not null,
      entered_at timestamptz not null,
      entered_by_id text not null,
      entered_by text not null
    )`.execute(db)
  await sql`create index stop_entry_subject on stop_entry (subject_value, subject_kind)`.execute(db)
  await sql`create index stop_entry_version on stop_entry (version)`.execute(db)
  await sql`create index stop_entry_review on stop_entry (seq)
    where term_kind = 'until_reviewed'`.execute(db)

  // An entry is kept for good at most once, and reversed at most once, which is its end.
  await sql`
    create table stop_decision (
      entry_id uuid not null references stop_entry (id),
      decision text not null check (decision in ('kept', 'reversed')),
      version bigint not null,
      at timestamptz not null,
      by_id text not null,
      by_name text not null,
      reason text not null,
      primary key (entry_id, decision)
    )`.execute(db)
  await sql`create index stop_decision_version on stop_decision (version)`.execute(db)

  await sql`
    create table consent (
      id uuid primary key,
      seq bigint not null unique generated always as identity,
      subject_kind text not null check (subject_kind in ('phone', 'mail', 'company')),
      subject_value text not null,
      scope_kind text not null check (scope_kind in ('global', 'customer', 'campaign')),
      scope_id text check ((scope_kind = 'global') = (scope_id is null)),
      channel text not null check (channel in ('call', 'sms', 'mail', 'all')),
      basis text not null,
      words text not null,
      given_at timestamptz not null,
      entered_at timestamptz not null,
      entered_by_id text not null,
      entered_by text not null
    )`.execute(db)
  await sql`create index consent_subject on consent (subject_value, subject_kind)`.execute(db)
  await sql`
    create table consent_withdrawal (
      consent_id uuid primary key references consent (id),
      at timestamptz not null,
      by_id text not null,
      by_name text not null,
      words text not null
    )`.execute(db)

  // Whoever changes the list locks this row, so that a version is whole once it can be seen.
  await sql`
    create table stop_list_state (
      id integer primary key check (id = 1),
      version bigint not null,
      salt bytea not null
    )`.execute(db)
  await sql`insert into stop_list_state
    values (1, 0, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'))`.execute(db)

  // Normalised name of the company that the message was for: asked for again before it is sent.
  await sql`alter table message add column company text`.execute(db)
  await appendOnly(db)
}

/** What is there stays as it is; only what people said may be blanked, when they are erased. */
async function appendOnly(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function stop_list_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'the stop list is append-only' using errcode = 'restrict_violation';
    end $$`.execute(db)
  await sql`
    create function stop_list_only_blanked() returns trigger language plpgsql as $$
    declare
      rest text;
      before jsonb := to_jsonb(old);
      after jsonb := to_jsonb(new);
    begin
      foreach rest in array tg_argv loop
        if after ->> rest = '' then before := before - rest; after := after - rest; end if;
      end loop;
      if before <> after then
        raise exception 'the stop list is append-only' using errcode = 'restrict_violation';
      end if;
      return new;
    end $$`.execute(db)
  const blanked = [
    ['stop_entry', `'words'`],
    ['stop_decision', `'reason'`],
    ['consent', `'words', 'subject_value'`],
    ['consent_withdrawal', `'words'`],
  ] as const
  for (const [table, columns] of blanked) {
    await sql`create trigger ${sql.ref(`${table}_stays`)} before delete or truncate
      on ${sql.table(table)} for each statement execute function stop_list_is_append_only()`.execute(
      db,
    )
    await sql`create trigger ${sql.ref(`${table}_blanking`)} before update on ${sql.table(table)}
      for each row execute function stop_list_only_blanked(${sql.raw(columns)})`.execute(db)
  }
}
