import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import { canonicalJson } from '../../lib/campaign/canonical.ts'
import { SigningJwk } from '../../lib/contracts/relay-campaigns.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { keepKey, readKey } from '../secrets/kept-key.ts'
import { placeOf, type Sealer } from '../secrets/sealed.ts'

const ALG = 'ES256'

/** Says what a signature is about, so that one thing can't be passed off as another. */
type Purpose = 'campaign' | 'key' | 'stop_list'
export const TYPES: Record<Purpose, string> = {
  campaign: 'prozvon-campaign+jws',
  key: 'prozvon-key+jws',
  stop_list: 'prozvon-stop-list+jws',
}

/** Makes the first key of a new database; several relays may start at once. */
export async function ensureSigningKey(db: Kysely<Database>, sealer: Sealer | null): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    if (!(await currentKey(trx))) await addKey(trx, 0, sealer)
  })
}

/**
 * Puts a new key in use and returns its id. The key until now endorses it, so that extensions which
 * trust that one go on without asking anybody; what was signed before stays valid.
 */
export async function rotateSigningKey(
  db: Kysely<Database>,
  sealer: Sealer | null,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    const current = await currentKey(trx)
    const kid = await addKey(trx, (current?.position ?? -1) + 1, sealer)
    const event = { kind: 'campaign.key_rotated', actor: 'command', subject: `key:${kid}` } as const
    await recordAudit(trx, event)
    return kid
  })
}

/** The public halves, the one in use first. */
export async function publicKeys(db: Kysely<Database>): Promise<SigningJwk[]> {
  const rows = await db
    .selectFrom('campaign_key')
    .select('public_jwk')
    .orderBy('position', 'desc')
    .execute()
  return rows.map(({ public_jwk }) => SigningJwk.parse(public_jwk))
}

/** Signs with the key in use: a compact JWS whose header names the key. */
export async function sign(
  db: Kysely<Database> | Transaction<Database>,
  purpose: Purpose,
  payload: unknown,
  sealer: Sealer | null,
): Promise<string> {
  const key = await currentKey(db)
  if (!key) throw new Error('there is no key to sign with')
  const secret = await importJWK(
    JSON.parse(readKey(sealer, key.private_jwk, placeOfKey(key.kid))),
    ALG,
  )
  return new CompactSign(new TextEncoder().encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: ALG, kid: key.kid, typ: TYPES[purpose] })
    .sign(secret)
}

async function addKey(
  trx: Transaction<Database>,
  position: number,
  sealer: Sealer | null,
): Promise<string> {
  const pair = await generateKeyPair(ALG, { extractable: true })
  const { x = '', y = '' } = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x, y })
  const jwk: SigningJwk = { kty: 'EC', crv: 'P-256', x, y, kid, alg: ALG, use: 'sig' }
  const secret = JSON.stringify(await exportJWK(pair.privateKey))
  const endorsement = position > 0 ? { endorsement: await sign(trx, 'key', jwk, sealer) } : {}
  await trx
    .insertInto('campaign_key')
    .values({
      kid,
      public_jwk: JSON.stringify({ ...jwk, ...endorsement }),
      private_jwk: keepKey(sealer, secret, placeOfKey(kid)),
      position,
    })
    .execute()
  return kid
}

function currentKey(db: Kysely<Database> | Transaction<Database>) {
  return db
    .selectFrom('campaign_key')
    .select(['kid', 'private_jwk', 'position'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function placeOfKey(kid: string): string {
  return placeOf('campaign_key', 'private_jwk', kid)
}

/** One at a time over all relays on this database. */
function lockKeys(trx: Transaction<Database>) {
  return sql`lock table campaign_key in exclusive mode`.execute(trx)
}
