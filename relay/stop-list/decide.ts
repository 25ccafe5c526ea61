import type { Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { StopEntry } from '../../lib/contracts/relay-stop-list.ts'
import { recordAudit } from '../audit/audit-log.ts'
import type { Database } from '../database/schema.ts'
import { selectEntries, toEntry } from './entry-row.ts'
import { type Keeper, keeperOf } from './keeper.ts'
import type { StopDecisionTable } from './tables.ts'
import { nextVersion } from './version.ts'

/** Ends an entry at once; it stays on the list with this trace. */
export function reverseEntry(
  trx: Transaction<Database>,
  by: Keeper,
  id: string,
  reason: string,
): Promise<Result<StopEntry, RelayProblem>> {
  return decide(trx, by, id, { decision: 'reversed', reason }, ({ reversal }) =>
    reversal ? 'the entry was reversed before' : null,
  )
}

/** Settles an entry that waits to be looked at: it becomes permanent, or is reversed. */
export function reviewEntry(
  trx: Transaction<Database>,
  by: Keeper,
  id: string,
  { decision, reason }: { decision: 'keep' | 'reverse'; reason: string },
): Promise<Result<StopEntry, RelayProblem>> {
  const made = { decision: decision === 'keep' ? 'kept' : 'reversed', reason } as const
  return decide(trx, by, id, made, ({ term, reversal }) =>
    reversal || term.kind !== 'until_reviewed' ? 'the entry does not wait for a review' : null,
  )
}

async function decide(
  trx: Transaction<Database>,
  by: Keeper,
  id: string,
  made: { decision: StopDecisionTable['decision']; reason: string },
  objection: (entry: StopEntry) => string | null,
): Promise<Result<StopEntry, RelayProblem>> {
  // Decisions come one after another from here on, so that what is read below stays true.
  const version = await nextVersion(trx)
  const before = await readEntry(trx, id)
  if (!before) return refusal('not_found', 'there is no such entry')
  const wrong = objection(before)
  if (wrong) return refusal('conflict', wrong)
  await trx
    .insertInto('stop_decision')
    .values({
      entry_id: id,
      version,
      ...made,
      at: new Date(),
      by_id: by.personId,
      by_name: by.name,
    })
    .execute()
  const after = await readEntry(trx, id)
  if (!after) throw new Error('an entry is gone')
  await recordAudit(trx, {
    kind: 'stop_list.changed',
    actor: keeperOf(by),
    subject: `stop_entry:${id}`,
    detail: { change: made.decision },
  })
  return { ok: true, value: after }
}

async function readEntry(trx: Transaction<Database>, id: string): Promise<StopEntry | null> {
  const row = await selectEntries(trx).where('stop_entry.id', '=', id).executeTakeFirst()
  return row ? toEntry(row) : null
}

function refusal(code: RelayProblem['code'], message: string): Result<never, RelayProblem> {
  return { ok: false, reason: { code, message } }
}
