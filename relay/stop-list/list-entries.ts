import { type Kysely, sql } from 'kysely'
import type {
  StopEntryTrace,
  StopListPage,
  StopListQuery,
} from '../../lib/contracts/relay-stop-desk.ts'
import { parseScope } from '../../lib/stop-list/canonical.ts'
import type { Database } from '../database/schema.ts'
import { isInForceNow, selectEntries, toEntry } from './entry-row.ts'

/**
 * A page of the list, newest first. Who sees no numbers finds them whole only: by parts, one sign
 * after the other, he would read what is masked.
 */
export async function listEntries(
  db: Kysely<Database>,
  query: StopListQuery,
  options: { wholeNumbersOnly: boolean },
): Promise<StopListPage> {
  const { search, kind, channel, source, state, cursor, limit } = query
  const scope = query.scope === undefined ? undefined : parseScope(query.scope)
  // A scope that can't be has no entries.
  if (scope === null) return { entries: [], next: null }
  const rows = await selectEntries(db)
    .$if(search !== undefined, (select) =>
      select.where(isMatch(search ?? '', options.wholeNumbersOnly)),
    )
    .$if(kind !== undefined, (select) => select.where('subject_kind', '=', kind ?? 'phone'))
    .$if(channel !== undefined, (select) => select.where('channel', '=', channel ?? 'all'))
    .$if(source !== undefined, (select) => select.where('source', '=', source ?? 'client'))
    .$if(scope !== undefined, (select) =>
      select.where(
        sql<boolean>`(scope_kind, scope_id) is not distinct from
          (${scope?.kind ?? null}::text, ${scope && 'id' in scope ? scope.id : null}::text)`,
      ),
    )
    .where(STATES[state])
    .$if(cursor !== undefined, (select) => select.where('seq', '<', cursor ?? '0'))
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    entries: page.map(toEntry),
    next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  }
}

/** What waits to be looked at, oldest first. */
export async function reviewQueue(
  db: Kysely<Database>,
  { cursor, limit }: Pick<StopListQuery, 'cursor' | 'limit'>,
): Promise<StopListPage> {
  const rows = await selectEntries(db)
    .where('term_kind', '=', 'until_reviewed')
    .where('kept.entry_id', 'is', null)
    .where('reversed.entry_id', 'is', null)
    .$if(cursor !== undefined, (select) => select.where('seq', '>', cursor ?? '0'))
    .orderBy('seq')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return {
    entries: page.map(toEntry),
    next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
  }
}

/** One entry and everything that was decided of it; null = there is none. */
export async function traceOf(db: Kysely<Database>, id: string): Promise<StopEntryTrace | null> {
  const row = await selectEntries(db).where('stop_entry.id', '=', id).executeTakeFirst()
  if (!row) return null
  const decisions = await db
    .selectFrom('stop_decision')
    .selectAll()
    .where('entry_id', '=', id)
    .orderBy('version')
    .execute()
  return {
    entry: toEntry(row),
    decisions: decisions.map(({ decision, at, by_name, reason }) => ({
      decision,
      at: at.toISOString(),
      by: by_name,
      reason,
    })),
  }
}

const STATES = {
  in_force: isInForceNow,
  ended: sql<boolean>`(reversed.entry_id is null and stop_entry.term_until <= now())`,
  reversed: sql<boolean>`reversed.entry_id is not null`,
  all: sql<boolean>`true`,
}

function isMatch(search: string, wholeNumbersOnly: boolean) {
  const part = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const digits = /^[+\d\s().-]+$/.test(search) ? search.replace(/\D/g, '') : ''
  // By a whole number, also without its `+`; by at least three digits of it.
  const isNumber = wholeNumbersOnly
    ? sql`(subject_kind = 'phone' and subject_value = ${`+${digits}`})`
    : sql`(subject_kind = 'phone' and ${digits.length >= 3} and subject_value like ${`%${digits}%`})`
  const isText = wholeNumbersOnly
    ? sql`(subject_kind <> 'phone' and lower(subject_value) like ${part})`
    : sql`(lower(subject_value) like ${part} or lower(words) like ${part})`
  return sql<boolean>`(${isNumber} or ${isText} or lower(entered_by) like ${part})`
}
