import type { Kysely } from 'kysely'
import type { StopListQuery } from '../../lib/contracts/relay-stop-desk.ts'
import type { StopEntry } from '../../lib/contracts/relay-stop-list.ts'
import { scopeText } from '../../lib/stop-list/canonical.ts'
import { csvLine } from '../csv-line.ts'
import type { Database } from '../database/schema.ts'
import { listEntries } from './list-entries.ts'

const PAGE = 500
const HEAD = [
  ...['phone', 'mail', 'company', 'edrpou', 'inn', 'bitrix24', 'channel', 'scope', 'term'],
  ...['until', 'source', 'words', 'entered_at', 'entered_by'],
  ...['reversed_at', 'reversed_by', 'reversal_reason', 'id'],
]

/**
 * The list as CSV (decisions, «CSV out»), newest first, page by page; times in UTC, as the list
 * belongs to no campaign. An import reads it back.
 */
export async function* entriesAsCsv(
  db: Kysely<Database>,
  filters: Omit<StopListQuery, 'cursor' | 'limit'>,
): AsyncGenerator<string> {
  yield `\ufeff${csvLine(HEAD)}`
  let cursor: string | undefined
  do {
    const query = { ...filters, limit: PAGE, ...(cursor !== undefined && { cursor }) }
    const page = await listEntries(db, query, { wholeNumbersOnly: false })
    yield page.entries.map((entry) => csvLine(cellsOf(entry))).join('')
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

function cellsOf(entry: StopEntry): string[] {
  const { subject, channel, scope, term, source, words, reversal } = entry
  const mark = (by: string) =>
    subject.kind === 'company' && subject.value.startsWith(`${by}:`)
      ? subject.value.slice(by.length + 1)
      : ''
  return [
    subject.kind === 'phone' ? subject.value : '',
    subject.kind === 'mail' ? subject.value : '',
    ...['name', 'edrpou', 'inn', 'bitrix24'].map(mark),
    channel,
    scopeText(scope),
    term.kind,
    term.kind === 'until' ? term.until : '',
    source,
    words,
    entry.enteredAt,
    entry.enteredBy,
    reversal?.at ?? '',
    reversal?.by ?? '',
    reversal?.reason ?? '',
    entry.id,
  ]
}
