import { randomUUID } from 'node:crypto'
import type { Insertable, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { StopEntry, StopListRequest } from '../../lib/contracts/relay-stop-list.ts'
import { canonicalSubject } from '../../lib/stop-list/canonical.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { selectEntries, toEntry, whomColumns } from './entry-row.ts'
import { type Keeper, keeperOf } from './keeper.ts'
import { nextVersion } from './version.ts'

export type NewEntry = Pick<
  StopEntry,
  'subject' | 'scope' | 'channel' | 'term' | 'source' | 'words'
>

/** PostgreSQL takes 65,535 values in one statement. */
const ROWS_A_STATEMENT = 1000

/** Puts all subjects of one cause on the list; one that is no subject refuses them all. */
export async function addEntries(
  trx: Transaction<Database>,
  by: Keeper,
  { subjects, ...cause }: StopListRequest,
): Promise<Result<StopEntry[], RelayProblem>> {
  const entries: NewEntry[] = []
  for (const [index, given] of subjects.entries()) {
    const subject = canonicalSubject(given)
    if (!subject.ok) return invalid(`subjects/${index}: ${subject.reason}`)
    if (!entries.some((one) => isSame(one.subject, subject.value)))
      entries.push({ subject: subject.value, ...cause })
  }
  const ids = await insertEntries(trx, by, entries)
  const rows = await selectEntries(trx).where('stop_entry.id', 'in', ids).orderBy('seq').execute()
  await recordAudit(trx, {
    kind: 'stop_list.changed',
    actor: keeperOf(by),
    subject: ids.map((id) => `stop_entry:${id}`).join(' '),
    detail: { change: 'added', count: ids.length, source: cause.source, channel: cause.channel },
  })
  return { ok: true, value: rows.map(toEntry) }
}

/** Writes entries as one version of the list; returns their ids, in order. */
export async function insertEntries(
  trx: Transaction<Database>,
  by: Keeper,
  entries: readonly NewEntry[],
): Promise<string[]> {
  const version = await nextVersion(trx)
  const now = new Date()
  const rows = entries.map(
    (entry): Insertable<Database['stop_entry']> => ({
      id: randomUUID(),
      version,
      ...whomColumns(entry),
      term_kind: entry.term.kind,
      term_until: entry.term.kind === 'until' ? new Date(entry.term.until) : null,
      source: entry.source,
      words: entry.words,
      entered_at: now,
      entered_by_id: by.personId,
      entered_by: by.name,
    }),
  )
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    await trx
      .insertInto('stop_entry')
      .values(rows.slice(at, at + ROWS_A_STATEMENT))
      .execute()
  }
  return rows.map(({ id }) => id)
}

function isSame(a: StopEntry['subject'], b: StopEntry['subject']): boolean {
  return a.kind === b.kind && a.value === b.value
}

function invalid(message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code: 'invalid', message } }
}
