import { type Kysely, sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { Database } from '../database/schema.ts'
import { placeOf, type Sealer } from './sealed.ts'

/** A column whose values `Sealer.seal` made, and the column that names its row. */
export interface SealedColumn {
  table: string
  id: string
  column: string
}

/** Every sealed column of the database: what is not listed is not rotated. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'softphone_account', id: 'person_id', column: 'sealed' },
  { table: 'portal_account', id: 'person_id', column: 'sealed' },
  { table: 'portal_application', id: 'member_id', column: 'application_token' },
]

const BATCH = 100

/**
 * Seals again, with the first key, whatever an older key sealed; afterwards the older keys may be
 * removed. May run beside working relays: each row is locked while it is changed. Returns how many
 * were changed, or the row that no key opens; what was changed before it stays changed.
 */
export async function rotateKeys(
  db: Kysely<Database>,
  sealer: Sealer,
  columns: readonly SealedColumn[] = SEALED_COLUMNS,
): Promise<Result<number, string>> {
  let count = 0
  for (const column of columns) {
    let after: string | null = ''
    while (after !== null) {
      const from: string = after
      const batch = await db.transaction().execute((trx) => rotateBatch(trx, sealer, column, from))
      if (!batch.ok) return batch
      count += batch.value.changed
      after = batch.value.last
    }
  }
  return { ok: true, value: count }
}

async function rotateBatch(
  trx: Transaction<Database>,
  sealer: Sealer,
  { table, id, column }: SealedColumn,
  after: string,
): Promise<Result<{ changed: number; last: string | null }, string>> {
  const [t, i, c] = [sql.table(table), sql.ref(id), sql.ref(column)]
  const { rows } = await sql<{ id: string; sealed: string }>`
    select ${i}::text as id, ${c} as sealed from ${t}
    where ${c} is not null and ${i}::text > ${after}
    order by ${i}::text limit ${BATCH} for update`.execute(trx)
  const old = rows.filter(({ sealed }) => !sealer.isCurrent(sealed))
  for (const row of old) {
    const place = placeOf(table, column, row.id)
    const secret = sealer.open(row.sealed, place)
    if (!secret.ok) return { ok: false, reason: `${place}: ${secret.reason}` }
    const sealed = sealer.seal(secret.value, place)
    await sql`update ${t} set ${c} = ${sealed} where ${i}::text = ${row.id}`.execute(trx)
  }
  return { ok: true, value: { changed: old.length, last: rows.at(-1)?.id ?? null } }
}
