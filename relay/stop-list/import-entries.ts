import { type Kysely, sql, type Transaction } from 'kysely'
import { decodeBase } from '../../lib/base-import/decode-base.ts'
import type { StopImportOptions, StopImportReport } from '../../lib/contracts/relay-stop-desk.ts'
import type { StopEntry } from '../../lib/contracts/relay-stop-list.ts'
import { scopeText } from '../../lib/stop-list/canonical.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { insertEntries, type NewEntry } from './add-entries.ts'
import { isInForceNow, selectEntries, toEntry } from './entry-row.ts'
import { type Keeper, keeperOf } from './keeper.ts'
import { readStopList } from './read-csv.ts'

/** More tell nobody anything: the file is not what it was taken for. */
const PROBLEMS_TOLD = 1000

/**
 * Reads a file into the list, all of it in the caller's transaction; what can't be read is told by
 * line, the rest is added. What is in force just so already is not added again, so that the same
 * file may be read twice. `dryRun` tells the same and changes nothing.
 */
export async function importEntries(
  trx: Transaction<Database>,
  by: Keeper,
  file: Uint8Array,
  options: StopImportOptions,
): Promise<StopImportReport> {
  const { entries, problems, past } = readStopList(decodeBase(file), options, new Date())
  // Two imports at once would else both find nothing of each other.
  await sql`select 1 from stop_list_state where id = 1 for update`.execute(trx)
  const known = await keysInForce(trx, entries)
  const fresh: NewEntry[] = []
  for (const entry of entries) {
    const key = keyOf(entry)
    if (known.has(key)) continue
    known.add(key)
    fresh.push(entry)
  }
  const { dryRun } = options
  if (!dryRun && fresh.length > 0) {
    await insertEntries(trx, by, fresh)
    await recordAudit(trx, {
      kind: 'stop_list.changed',
      actor: keeperOf(by),
      subject: 'stop_list',
      detail: { change: 'imported', count: fresh.length, refused: problems.length },
    })
  }
  return {
    dryRun,
    added: fresh.length,
    known: entries.length - fresh.length,
    past,
    refused: problems.length,
    problems: problems.slice(0, PROBLEMS_TOLD),
  }
}

async function keysInForce(
  db: Kysely<Database>,
  entries: readonly NewEntry[],
): Promise<Set<string>> {
  const values = [...new Set(entries.map(({ subject }) => subject.value))]
  const rows = await selectEntries(db)
    .where(sql<boolean>`stop_entry.subject_value = any (${values}::text[])`)
    .where(isInForceNow)
    .execute()
  return new Set(rows.map((row) => keyOf(toEntry(row))))
}

/** Two entries with the same key bar the same; who said it, and in which words, matters not. */
function keyOf(entry: Pick<StopEntry, 'subject' | 'scope' | 'channel' | 'term'>): string {
  const { subject, scope, channel, term } = entry
  const end = term.kind === 'until' ? new Date(term.until).toISOString() : term.kind
  return [subject.kind, subject.value, scopeText(scope), channel, end].join('\n')
}
