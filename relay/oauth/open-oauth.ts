import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { type AccessTokens, createAccessTokens } from './access-token.ts'
import type { OAuthConfig } from './oauth-config.ts'
import type { OAuthRoom } from './room.ts'
import { keepUpOAuth } from './upkeep.ts'

export interface OAuth {
  room: OAuthRoom
  tokens: AccessTokens
  close(): Promise<void>
}

/** Null when the application is not configured, or there is no key to seal tokens with. */
export function openOAuth(
  db: Kysely<Database>,
  sealer: Sealer | null,
  config: OAuthConfig | null,
  log: OAuthRoom['log'],
): OAuth | null {
  if (!sealer || !config) return null
  const room = { db, sealer, config, log }
  const tokens = createAccessTokens(room)
  return { room, tokens, close: keepUpOAuth(room, tokens) }
}
