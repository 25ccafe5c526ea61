import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createMessages } from './migrations/0001-messages.ts'
import { createPeople } from './migrations/0002-people.ts'
import { createPrivacyRecords } from './migrations/0007-privacy-records.ts'
import type { Database } from './schema.ts'

/** Forward only, in order of name; what has been released is never edited. */
const migrations: Record<string, Migration> = {
  '0001_messages': { up: createMessages },
  '0002_people': { up: createPeople },
  '0007_privacy_records': { up: createPrivacyRecords },
}

/** Brings the database up to date; several relay processes may do so at once (Kysely locks). */
export function migrate(db: Kysely<Database>): Promise<void> {
  return migrateTo(db, latestMigration())
}

/** Brings the database to the schema after the named migration, which lies ahead. */
export async function migrateTo(db: Kysely<Database>, name: string): Promise<void> {
  const provider = { getMigrations: async () => migrations }
  const { error } = await new Migrator({ db, provider }).migrateTo(name)
  if (error) throw error
}

/** Oldest first. */
export function migrationNames(): string[] {
  return Object.keys(migrations).sort()
}

export function latestMigration(): string {
  return migrationNames().at(-1) ?? ''
}
