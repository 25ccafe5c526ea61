import { type Kysely, sql, type Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { Database } from '../database/schema.ts'
import { isSealed, placeOf, type Sealer } from './sealed.ts'

/** A column whose values `Sealer.seal` made, and the column that names its row. */
export interface SealedColumn {
  table: string
  id: string
  column: string
  /** Whether its values may lie open, from before there was a RELAY_KEYS. */
  mayBeOpen?: true
}

/** Every sealed column of the database: what is not listed is not rotated. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'softphone_account', id: 'person_id', column: 'sealed' },
  { table: 'portal_account', id: 'person_id', column: 'sealed' },
  { table: 'portal_application', id: 'member_id', column: 'application_token' },
  { table: 'campaign_key', id: 'kid', column: 'private_jwk', mayBeOpen: true },
  { table: 'signing_key', id: 'name', column: 'key', mayBeOpen: true },
]

const BATCH = 100

/**
 * Seals again, with the first key, whatever an older key sealed or nobody did; afterwards the older keys may be
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

/** At start: seals the keys that lie open since a time without RELAY_KEYS. Returns how many. */
export function sealOpenKeys(db: Kysely<Database>, sealer: Sealer): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let count = 0
    for (const { table, id, column, mayBeOpen } of SEALED_COLUMNS) {
      if (!mayBeOpen) continue
      const rows = await rowsOf(trx, { table, id, column }, '')
      for (const row of rows.filter(({ sealed }) => !isSealed(sealed))) {
        const sealed = sealer.seal(row.sealed, placeOf(table, column, row.id))
        await write(trx, { table, id, column }, row.id, sealed)
        count += 1
      }
    }
    return count
  })
}

async function rotateBatch(
  trx: Transaction<Database>,
  sealer: Sealer,
  { table, id, column, mayBeOpen }: SealedColumn,
  after: string,
): Promise<Result<{ changed: number; last: string | null }, string>> {
  const rows = await rowsOf(trx, { table, id, column }, after)
  const old = rows.filter(({ sealed }) => !sealer.isCurrent(sealed))
  for (const row of old) {
    const place = placeOf(table, column, row.id)
    const isOpen = mayBeOpen && !isSealed(row.sealed)
    const secret = isOpen
      ? ({ ok: true, value: row.sealed } as const)
      : sealer.open(row.sealed, place)
    if (!secret.ok) return { ok: false, reason: `${place}: ${secret.reason}` }
    await write(trx, { table, id, column }, row.id, sealer.seal(secret.value, place))
  }
  return { ok: true, value: { changed: old.length, last: rows.at(-1)?.id ?? null } }
}

/** The next rows of a column, locked until the transaction ends. */
async function rowsOf(
  trx: Transaction<Database>,
  { table, id, column }: SealedColumn,
  after: string,
): Promise<{ id: string; sealed: string }[]> {
  const [t, i, c] = [sql.table(table), sql.ref(id), sql.ref(column)]
  const { rows } = await sql<{ id: string; sealed: string }>`
    select ${i}::text as id, ${c} as sealed from ${t}
    where ${c} is not null and ${i}::text > ${after}
    order by ${i}::text limit ${BATCH} for update`.execute(trx)
  return rows
}

async function write(
  trx: Transaction<Database>,
  { table, id, column }: SealedColumn,
  rowId: string,
  sealed: string,
): Promise<void> {
  const [t, i, c] = [sql.table(table), sql.ref(id), sql.ref(column)]
  await sql`update ${t} set ${c} = ${sealed} where ${i}::text = ${rowId}`.execute(trx)
}
