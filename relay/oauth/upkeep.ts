import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { AccessTokens } from './access-token.ts'
import { idleSince } from './judge-account.ts'
import type { OAuthRoom } from './room.ts'

const LOOK_EVERY_MS = 60 * 60_000

/**
 * At start and every hour: renews, once, each pair that nobody used for 149 days, before its
 * refresh token runs out after 180; forgets sign-ins of yesterday. Returns how to stop.
 */
export function keepUpOAuth(room: OAuthRoom, tokens: AccessTokens): () => Promise<void> {
  let underway = Promise.resolve()
  const look = () => {
    underway = lookAfter(room.db, tokens).catch((err: unknown) =>
      room.log.error({ err }, 'could not look after the accounts of Bitrix24'),
    )
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await underway
  }
}

/** Whichever relay comes first renews a pair: the others look again under its lock, and leave it. */
export async function lookAfter(db: Kysely<Database>, tokens: AccessTokens): Promise<void> {
  await db
    .deleteFrom('sign_in')
    .where('expires_at', '<', sql<Date>`now() - interval '1 day'`)
    .execute()
  const idle = await db
    .selectFrom('portal_account')
    .select('person_id')
    .where('ended', 'is', null)
    .where('refreshed_at', '<=', idleSince(Date.now()))
    .execute()
  for (const { person_id } of idle) await tokens.renewIdle(person_id)
}
