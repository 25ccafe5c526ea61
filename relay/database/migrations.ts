import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createMessages } from './migrations/0001-messages.ts'
import { createPeople } from './migrations/0002-people.ts'
import { createSecurity } from './migrations/0003-security.ts'
import { createCampaigns } from './migrations/0004-campaigns.ts'
import { createStopList } from './migrations/0005-stop-list.ts'
import { createActions } from './migrations/0006-actions.ts'
import { createPrivacyRecords } from './migrations/0007-privacy-records.ts'
import { createOAuth } from './migrations/0008-oauth.ts'
import { sealableKeys } from './migrations/0009-sealed-keys.ts'
import type { Database } from './schema.ts'

/** Forward only, in order of name; what has been released is never edited. */
const migrations: Record<string, Migration> = {
  '0001_messages': { up: createMessages },
  '0002_people': { up: createPeople },
  '0003_security': { up: createSecurity },
  '0004_campaigns': { up: createCampaigns },
  '0005_stop_list': { up: createStopList },
  '0006_actions': { up: createActions },
  '0007_privacy_records': { up: createPrivacyRecords },
  '0008_oauth': { up: createOAuth },
  '0009_sealed_keys': { up: sealableKeys },
}

/** Brings the database up to date; several relay processes may do so at once (Kysely locks). */
export function migrate(db: Kysely<Database>): Promise<void> {
  return migrateTo(db, latestMigration())
}

/**
 * Brings the database to the schema after the named migration, which lies ahead.
 * @throws Error when a newer relay has been here: there is no way back.
 */
export async function migrateTo(db: Kysely<Database>, name: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateTo(name)
  if (!error) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const stranger = rows.map((row) => row.name).find((one) => !(one in migrations))
  if (!stranger) throw error
  throw new Error(
    `the database is of a newer relay (${stranger}): update this one, or restore a backup`,
  )
}

/** Oldest first. */
export function migrationNames(): string[] {
  return Object.keys(migrations).sort()
}

export function latestMigration(): string {
  return migrationNames().at(-1) ?? ''
}
