import { randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Consent, ConsentRequest } from '../../lib/contracts/relay-stop-desk.ts'
import type { StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { canonicalSubject } from '../../lib/stop-list/canonical.ts'
import type { Database } from '../database/schema.ts'
import { addEntries } from './add-entries.ts'
import { scopeOf, subjectOf, whomColumns } from './entry-row.ts'
import type { Keeper } from './keeper.ts'

/** Puts a legal basis on record. */
export async function addConsent(
  trx: Transaction<Database>,
  by: Keeper,
  request: ConsentRequest,
): Promise<Result<Consent, RelayProblem>> {
  const subject = canonicalSubject(request.subject)
  if (!subject.ok) return refusal('invalid', `subject: ${subject.reason}`)
  const id = randomUUID()
  await trx
    .insertInto('consent')
    .values({
      id,
      ...whomColumns({ ...request, subject: subject.value }),
      basis: request.basis,
      words: request.words,
      given_at: new Date(request.givenAt),
      entered_at: new Date(),
      entered_by_id: by.personId,
      entered_by: by.name,
    })
    .execute()
  return found(trx, id)
}

/**
 * Takes a consent back, once. The same transaction puts the subject on the stop list where the
 * consent held: whoever withdraws it has said that he does not want to be contacted.
 */
export async function withdrawConsent(
  trx: Transaction<Database>,
  by: Keeper,
  id: string,
  words: string,
): Promise<Result<Consent, RelayProblem>> {
  const consent = await readConsent(trx, id)
  if (!consent) return refusal('not_found', 'there is no such consent')
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('consent_withdrawal')
    .values({ consent_id: id, at: new Date(), by_id: by.personId, by_name: by.name, words })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) {
    return refusal('conflict', 'the consent was withdrawn before')
  }
  const { subject, scope, channel } = consent
  const barred = await addEntries(trx, by, {
    subjects: [subject],
    scope,
    channel,
    term: { kind: 'permanent' },
    source: 'client',
    words,
  })
  return barred.ok ? found(trx, id) : barred
}

/** Everything on record for one subject, newest first. */
export async function consentsOf(db: Kysely<Database>, given: StopSubject): Promise<Consent[]> {
  const subject = canonicalSubject(given)
  if (!subject.ok) return []
  const rows = await selectConsents(db)
    .where('subject_value', '=', subject.value.value)
    .where('subject_kind', '=', subject.value.kind)
    .orderBy('seq', 'desc')
    .execute()
  return rows.map(toConsent)
}

function selectConsents(db: Kysely<Database>) {
  return db
    .selectFrom('consent')
    .leftJoin('consent_withdrawal as withdrawn', 'withdrawn.consent_id', 'consent.id')
    .selectAll('consent')
    .select([
      'withdrawn.at as withdrawn_at',
      'withdrawn.by_name as withdrawn_by',
      'withdrawn.words as withdrawn_words',
    ])
}
type Row = Awaited<ReturnType<ReturnType<typeof selectConsents>['execute']>>[number]

async function readConsent(db: Kysely<Database>, id: string): Promise<Consent | null> {
  const row = await selectConsents(db).where('consent.id', '=', id).executeTakeFirst()
  // One whose person was erased is nobody's any more.
  return row && row.subject_value !== '' ? toConsent(row) : null
}

async function found(db: Kysely<Database>, id: string): Promise<Result<Consent, RelayProblem>> {
  const consent = await readConsent(db, id)
  return consent ? { ok: true, value: consent } : refusal('not_found', 'there is no such consent')
}

function toConsent(row: Row): Consent {
  return {
    id: row.id,
    subject: subjectOf(row),
    scope: scopeOf(row),
    channel: row.channel,
    basis: row.basis,
    words: row.words || '–',
    givenAt: row.given_at.toISOString(),
    enteredAt: row.entered_at.toISOString(),
    enteredBy: row.entered_by,
    withdrawal: row.withdrawn_at && {
      at: row.withdrawn_at.toISOString(),
      by: row.withdrawn_by ?? '',
      words: row.withdrawn_words ?? '',
    },
  }
}

function refusal(code: RelayProblem['code'], message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code, message } }
}
