import { type Kysely, type Selectable, sql } from 'kysely'
import type { StopEntry, StopScope, StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import type { Database } from '../database/schema.ts'
import type { StopEntryTable } from './tables.ts'

/** Stands where words of a person were erased. */
const ERASED = '–'

/** Entries with what was decided of them, to be narrowed down. */
export function selectEntries(db: Kysely<Database>) {
  return db
    .selectFrom('stop_entry')
    .leftJoin('stop_decision as kept', (join) =>
      join.onRef('kept.entry_id', '=', 'stop_entry.id').on('kept.decision', '=', 'kept'),
    )
    .leftJoin('stop_decision as reversed', (join) =>
      join
        .onRef('reversed.entry_id', '=', 'stop_entry.id')
        .on('reversed.decision', '=', 'reversed'),
    )
    .selectAll('stop_entry')
    .select([
      'kept.at as kept_at',
      'reversed.at as reversed_at',
      'reversed.by_name as reversed_by',
      'reversed.reason as reversed_reason',
    ])
}
type Row = Awaited<ReturnType<ReturnType<typeof selectEntries>['execute']>>[number]

/** Neither reversed nor past its end; for queries of `selectEntries`. */
export const isInForceNow = sql<boolean>`(reversed.entry_id is null
  and (stop_entry.term_until is null or stop_entry.term_until > now()))`

/** An entry as it holds now: one that a review kept is permanent. */
export function toEntry(row: Row): StopEntry {
  return {
    id: row.id,
    subject: subjectOf(row),
    scope: scopeOf(row),
    channel: row.channel,
    term: termOf(row),
    source: row.source,
    words: row.words,
    enteredAt: row.entered_at.toISOString(),
    enteredBy: row.entered_by,
    reversal:
      row.reversed_at === null
        ? null
        : {
            at: row.reversed_at.toISOString(),
            by: row.reversed_by ?? ERASED,
            reason: row.reversed_reason || ERASED,
          },
  }
}

export function termOf(row: {
  term_kind: StopEntry['term']['kind']
  term_until: Date | null
  kept_at: Date | null
}): StopEntry['term'] {
  if (row.term_until !== null) return { kind: 'until', until: row.term_until.toISOString() }
  const isOpen = row.term_kind === 'until_reviewed' && row.kept_at === null
  return { kind: isOpen ? 'until_reviewed' : 'permanent' }
}

type Whom = Pick<
  Selectable<StopEntryTable>,
  'subject_kind' | 'subject_value' | 'scope_kind' | 'scope_id' | 'channel'
>

export function subjectOf({ subject_kind, subject_value }: Whom): StopSubject {
  return { kind: subject_kind, value: subject_value }
}

export function scopeOf({ scope_kind, scope_id }: Whom): StopScope {
  return scope_kind === 'global' ? { kind: 'global' } : { kind: scope_kind, id: scope_id ?? '' }
}

/** The columns of whom something is about, and where. */
export function whomColumns(given: {
  subject: StopSubject
  scope: StopScope
  channel: StopEntry['channel']
}): Whom {
  const { subject, scope, channel } = given
  return {
    subject_kind: subject.kind,
    subject_value: subject.value,
    scope_kind: scope.kind,
    scope_id: scope.kind === 'global' ? null : scope.id,
    channel,
  }
}
