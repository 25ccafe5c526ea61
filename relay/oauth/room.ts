import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import type { OAuthConfig } from './oauth-config.ts'

/** What signing in and renewing work with. */
export interface OAuthRoom {
  db: Kysely<Database>
  sealer: Sealer
  config: OAuthConfig
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}
