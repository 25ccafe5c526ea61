import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { type Identifier, isProofOf, proofOf, spellings } from './identifier.ts'
import { privacyRules } from './registry.ts'
import type { PrivacyRule } from './rule.ts'

/** Rows changed, by table; tables without any are left out. */
export type PrivacyCounts = Record<string, number>

/**
 * Overwrites everything that the relay holds of a person in one transaction, and records that it
 * happened. A row is the person's when one of its columns that hold personal data, kept ones
 * included, mentions the number or the address.
 */
export function erasePerson(
  db: Kysely<Database>,
  identifier: Identifier,
  who: string,
  rules = privacyRules,
): Promise<PrivacyCounts> {
  return db.transaction().execute(async (trx) => {
    const counts: PrivacyCounts = {}
    for (const rule of rules) await overwrite(trx, rule, mentions(rule, identifier), counts)
    const { salt, hash } = proofOf(identifier)
    await trx
      .insertInto('privacy_record')
      .values({
        action: 'erase',
        who,
        counts: JSON.stringify(counts),
        identifier_salt: salt,
        identifier_hash: hash,
      })
      .execute()
    await recordAudit(trx, {
      kind: 'personal_data.erased',
      actor: 'command',
      detail: { ...counts },
    })
    return counts
  })
}

/** When this person was erased, newest first. */
export async function erasuresOf(db: Kysely<Database>, identifier: Identifier): Promise<Date[]> {
  const records = await db
    .selectFrom('privacy_record')
    .select(['at', 'identifier_salt as salt', 'identifier_hash as hash'])
    .where('action', '=', 'erase')
    .orderBy('id', 'desc')
    .execute()
  return records
    .filter(({ salt, hash }) => salt && hash && isProofOf(identifier, { salt, hash }))
    .map(({ at }) => at)
}

/** Overwrites personal data of rows older than `days` that are at their end, and records it. */
export async function retain(
  trx: Transaction<Database>,
  days: number,
  who: string,
  rules = privacyRules,
): Promise<PrivacyCounts> {
  const counts: PrivacyCounts = {}
  for (const rule of rules) {
    if (!rule.retention) continue
    const { age, only = 'true' } = rule.retention
    const isOld = sql<boolean>`${sql.raw(age)} < now() - make_interval(days => ${days})`
    await overwrite(trx, rule, sql`${isOld} and (${sql.raw(only)})`, counts)
  }
  await trx
    .insertInto('privacy_record')
    .values({ action: 'retain', who, counts: JSON.stringify(counts), retain_days: days })
    .execute()
  const actor = who === 'schedule' ? 'relay' : 'command'
  await recordAudit(trx, {
    kind: 'personal_data.retained',
    actor,
    detail: { ...counts, olderThanDays: days },
  })
  return counts
}

async function overwrite(
  trx: Transaction<Database>,
  rule: PrivacyRule,
  isMeant: RawBuilder<unknown>,
  counts: PrivacyCounts,
): Promise<void> {
  const personal = Object.entries(rule.erase)
  if (personal.length === 0) return
  const values = { ...rule.erase, ...rule.alsoSet }
  const changes = Object.entries(values).map(
    ([column, value]) => sql`${sql.ref(column)} = ${sql.raw(value)}`,
  )
  const isFilled = personal.map(
    ([column, value]) => sql`${sql.ref(column)} is distinct from ${sql.raw(value)}`,
  )
  const { numAffectedRows } = await sql`
    update ${sql.table(rule.table)} set ${sql.join(changes)}
    where (${isMeant}) and (${sql.join(isFilled, sql` or `)})`.execute(trx)
  const count = Number(numAffectedRows ?? 0n)
  if (count > 0) counts[rule.table] = count
}

function mentions(rule: PrivacyRule, identifier: Identifier): RawBuilder<unknown> {
  // What survives still tells whose row it is.
  const columns = Object.keys({ ...rule.erase, ...rule.kept })
  const hits = columns.flatMap((column) =>
    spellings(identifier).map((text) => sql`strpos(lower(${sql.ref(column)}::text), ${text}) > 0`),
  )
  return sql.join(hits, sql` or `)
}
