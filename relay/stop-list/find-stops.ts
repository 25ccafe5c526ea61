import { type Kysely, sql } from 'kysely'
import type { StopEntry, StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { canonicalSubject } from '../../lib/stop-list/canonical.ts'
import { type StopQuestion, stopsOf } from '../../lib/stop-list/check.ts'
import type { Database } from '../database/schema.ts'
import { isInForceNow, selectEntries, toEntry } from './entry-row.ts'

export type Contact = Omit<StopQuestion, 'now'>

/** The entries that bar each of the contacts now, in their order, by one look into the database. */
export async function findStops(
  db: Kysely<Database>,
  contacts: readonly Contact[],
): Promise<StopEntry[][]> {
  const now = new Date().toISOString()
  const questions = contacts.map((contact) => ({
    ...contact,
    subjects: contact.subjects.map(canonical),
    now,
  }))
  const entries = await entriesAbout(
    db,
    questions.flatMap(({ subjects }) => subjects),
  )
  const byValue = Map.groupBy(entries, ({ subject }) => subject.value)
  return questions.map((question) => {
    const values = new Set(question.subjects.map(({ value }) => value))
    const known = [...values].flatMap((value) => byValue.get(value) ?? [])
    return stopsOf(known, question)
  })
}

/** The newest entry that bars one contact now; null = it may be made. */
export async function findStop(db: Kysely<Database>, contact: Contact): Promise<StopEntry | null> {
  const [stops] = await findStops(db, [contact])
  return stops?.at(-1) ?? null
}

async function entriesAbout(
  db: Kysely<Database>,
  subjects: readonly StopSubject[],
): Promise<StopEntry[]> {
  const values = [...new Set(subjects.map(({ value }) => value))]
  if (values.length === 0) return []
  const rows = await selectEntries(db)
    .where(sql<boolean>`stop_entry.subject_value = any (${values}::text[])`)
    .where(isInForceNow)
    .orderBy('stop_entry.seq')
    .execute()
  return rows.map(toEntry)
}

/** What is no subject at all is asked for as it is, and found nowhere. */
function canonical(subject: StopSubject): StopSubject {
  const known = canonicalSubject(subject)
  return known.ok ? known.value : subject
}
