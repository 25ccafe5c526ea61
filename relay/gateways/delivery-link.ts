import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { keepKey, readKey } from '../secrets/kept-key.ts'
import { placeOf, type Sealer } from '../secrets/sealed.ts'

const PLACE = placeOf('signing_key', 'key', 'delivery')

/** Path of the route that takes Kannel's delivery reports. */
export const KANNEL_DELIVERY_PATH = '/v1/gateways/kannel/delivery'

/** The key that delivery links are signed with, shared by all relays on this database. */
export async function readSigningKey(db: Kysely<Database>, sealer: Sealer | null): Promise<Buffer> {
  await db
    .insertInto('signing_key')
    .values({ name: 'delivery', key: keepKey(sealer, randomBytes(32).toString('hex'), PLACE) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { key } = await db
    .selectFrom('signing_key')
    .select('key')
    .where('name', '=', 'delivery')
    .executeTakeFirstOrThrow()
  return Buffer.from(readKey(sealer, key, PLACE), 'hex')
}

/** Proves that a report is about a message that we handed over: hex HMAC-SHA256. */
export function signDelivery(key: Buffer, messageId: string, submissionId: string): string {
  return createHmac('sha256', key).update(`kannel ${messageId} ${submissionId}`).digest('hex')
}

export function isDeliverySignature(
  key: Buffer,
  messageId: string,
  submissionId: string,
  signature: string,
): boolean {
  const expected = Buffer.from(signDelivery(key, messageId, submissionId))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
