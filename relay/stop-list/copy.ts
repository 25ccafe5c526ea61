import { createHmac } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type {
  StopListCopy,
  StopListCopyEntry,
  StopSubject,
} from '../../lib/contracts/relay-stop-list.ts'
import { sign } from '../campaigns/signing-keys.ts'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { isInForceNow, scopeOf, selectEntries, subjectOf, termOf } from './entry-row.ts'
import { type ListState, readState } from './version.ts'

/** What an extension holds already. */
export interface HeldCopy {
  since: number
  salt: string
}

export interface Copies {
  /** Changes with the list and with its salt; the same for whole copies and for what is new. */
  tag(): Promise<string>
  /** Signed: what changed since the copy held, or all of it where that can't be continued. */
  signed(held: HeldCopy | null): Promise<string>
}

/** The copies for extensions. The last whole one is kept: at the start of a shift all ask for it. */
export function openCopies(db: Kysely<Database>, sealer: Sealer | null): Copies {
  let whole: { tag: string; envelope: Promise<string> } | null = null
  return {
    tag: async () => tagOf(await readState(db)),
    async signed(held) {
      const state = await readState(db)
      const salt = state.salt.toString('base64url')
      if (held && held.salt === salt && held.since <= state.version) {
        return sign(db, 'stop_list', await makeCopy(db, held.since), sealer)
      }
      const tag = tagOf(state)
      if (whole?.tag === tag) return whole.envelope
      const envelope = makeCopy(db, null).then((copy) => sign(db, 'stop_list', copy, sealer))
      whole = { tag, envelope }
      // A failure is not kept.
      envelope.catch(() => {
        if (whole?.envelope === envelope) whole = null
      })
      return envelope
    },
  }
}

/** `<kind>:<value>` by HMAC-SHA-256, cut to 16 bytes: 100,000 entries are far from a collision. */
export function hashSubject(salt: Buffer, { kind, value }: StopSubject): string {
  const digest = createHmac('sha256', salt).update(`${kind}:${value}`).digest()
  return digest.subarray(0, 16).toString('base64url')
}

/** From one snapshot: version, salt and entries are of the same moment. */
function makeCopy(db: Kysely<Database>, since: number | null): Promise<StopListCopy> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const { version, salt } = await readState(trx)
      return {
        version,
        since,
        issuedAt: new Date().toISOString(),
        salt: salt.toString('base64url'),
        entries: await entriesSince(trx, since, salt),
        removed: since === null ? [] : await removedSince(trx, since),
      }
    })
}

async function entriesSince(
  db: Kysely<Database>,
  since: number | null,
  salt: Buffer,
): Promise<StopListCopyEntry[]> {
  const rows = await selectEntries(db)
    .where(isInForceNow)
    .$if(since !== null, (select) =>
      select.where(sql<boolean>`(stop_entry.version > ${since} or kept.version > ${since})`),
    )
    .orderBy('stop_entry.seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    subject: hashSubject(salt, subjectOf(row)),
    kind: row.subject_kind,
    scope: scopeOf(row),
    channel: row.channel,
    term: termOf(row),
    source: row.source,
    enteredAt: row.entered_at.toISOString(),
  }))
}

async function removedSince(db: Kysely<Database>, since: number): Promise<string[]> {
  const rows = await db
    .selectFrom('stop_decision')
    .select('entry_id')
    .where('decision', '=', 'reversed')
    .where('version', '>', String(since))
    .execute()
  return rows.map(({ entry_id }) => entry_id)
}

function tagOf({ version, salt }: ListState): string {
  return `"${version}.${salt.toString('base64url')}"`
}
