import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createMessages } from './migrations/0001-messages.ts'
import { createPeople } from './migrations/0002-people.ts'
import { createSecurity } from './migrations/0003-security.ts'
import { createCampaigns } from './migrations/0004-campaigns.ts'
import { createActions } from './migrations/0006-actions.ts'
import type { Database } from './schema.ts'

/** Forward only, in order of name; what has been released is never edited. */
const migrations: Record<string, Migration> = {
  '0001_messages': { up: createMessages },
  '0002_people': { up: createPeople },
  '0003_security': { up: createSecurity },
  '0004_campaigns': { up: createCampaigns },
  '0006_actions': { up: createActions },
}

/** Brings the database up to date; several relay processes may do so at once (Kysely locks). */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
