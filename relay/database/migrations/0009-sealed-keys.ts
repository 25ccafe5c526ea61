import { type Kysely, sql } from 'kysely'

/** Private keys become text, so that they can be kept sealed (relay/secrets/kept-key.ts). */
export async function sealableKeys(db: Kysely<unknown>): Promise<void> {
  await sql`alter table campaign_key alter column private_jwk type text`.execute(db)
  await sql`alter table signing_key alter column key type text using encode(key, 'hex')`.execute(db)
}
