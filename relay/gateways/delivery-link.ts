import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Path of the route that takes Kannel's delivery reports. */
export const KANNEL_DELIVERY_PATH = '/v1/gateways/kannel/delivery'

/** The key that delivery links are signed with, shared by all relays on this database. */
export async function readSigningKey(db: Kysely<Database>): Promise<Buffer> {
  await db
    .insertInto('signing_key')
    .values({ name: 'delivery', key: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { key } = await db
    .selectFrom('signing_key')
    .select('key')
    .where('name', '=', 'delivery')
    .executeTakeFirstOrThrow()
  return key
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
