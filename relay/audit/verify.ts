import type { Kysely } from 'kysely'
import type { AuditVerdict } from '../../lib/contracts/relay-audit.ts'
import type { Database } from '../database/schema.ts'
import { GENESIS, hashOf } from './audit-log.ts'

export interface AuditRow {
  seq: string
  content: string
  hash: Buffer
}

const BATCH = 1_000

/** The log from its beginning, in order, read in batches: it may be long. */
export async function* readAudit(db: Kysely<Database>, after = '0'): AsyncGenerator<AuditRow> {
  let last = after
  for (;;) {
    const rows = await db
      .selectFrom('audit_event')
      .select(['seq', 'content', 'hash'])
      .where('seq', '>', last)
      .orderBy('seq')
      .limit(BATCH)
      .execute()
    yield* rows
    const end = rows.at(-1)
    if (!end) return
    last = end.seq
  }
}

/**
 * Computes the whole chain anew. `anchor` is an end of the chain that was written down elsewhere:
 * it finds a log that was cut or rebuilt by somebody who may do anything to the database.
 */
export async function verifyAudit(
  db: Kysely<Database>,
  anchor?: { seq: string; hash: string },
): Promise<AuditVerdict> {
  const end = await db.selectFrom('audit_chain').select(['seq', 'hash']).executeTakeFirstOrThrow()
  const broken = (seq: string, reason: string): AuditVerdict => ({ ok: false, seq, reason })
  let previous: Buffer = GENESIS
  let seq = 0n
  for await (const row of readAudit(db)) {
    // Rows that came in since we began belong to another end.
    if (BigInt(row.seq) > BigInt(end.seq)) break
    seq += 1n
    if (BigInt(row.seq) !== seq) return broken(String(seq), 'this row is missing')
    if (!hashOf(previous, row.content).equals(row.hash)) {
      return broken(row.seq, 'this row, or the one before it, was changed')
    }
    if (anchor?.seq === row.seq && anchor.hash !== row.hash.toString('hex')) {
      return broken(row.seq, 'not the row that was written down: the log was rebuilt')
    }
    previous = row.hash
  }
  if (String(seq) !== end.seq || !previous.equals(end.hash)) {
    return broken(String(seq + 1n), 'rows are missing at the end')
  }
  if (anchor && BigInt(anchor.seq) > seq) {
    return broken(anchor.seq, 'the log ends before the row that was written down')
  }
  return { ok: true, seq: end.seq, hash: previous.toString('hex') }
}
