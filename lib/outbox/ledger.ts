import { Dexie } from 'dexie'
import type { AttemptRecord } from '../contracts/attempt.ts'
import type { CardKey } from '../contracts/card.ts'
import type { Ledger } from '../contracts/panel.ts'
import type { Outbox } from './database.ts'

/** A saved result with the state of each of its effects; null = not saved here. */
export async function ledgerOf(db: Outbox, attemptId: string): Promise<Ledger | null> {
  const row = await db.attempts.get(attemptId)
  if (row === undefined) return null
  const effects = await db.effects.where('attemptId').equals(attemptId).sortBy('seq')
  return { attempt: row.attempt, effects }
}

/** The last result saved here for a card; null = none. */
export async function lastLedgerOf(db: Outbox, cardKey: CardKey): Promise<Ledger | null> {
  const row = await ofCard(db, cardKey).last()
  return row === undefined ? null : ledgerOf(db, row.attemptId)
}

/** Effects of all cards that are not delivered: those that a person must decide included. */
export function countUndelivered(db: Outbox): Promise<number> {
  return db.effects.where('state').notEqual('done').count()
}

/** What this browser saved for a card, oldest first, delivered or not. */
export async function ownRecords(db: Outbox, cardKey: CardKey): Promise<AttemptRecord[]> {
  const rows = await ofCard(db, cardKey).toArray()
  return rows.map(({ attempt }) => attempt.record)
}

/**
 * One history out of the portal's records and our own, each attempt once, oldest first. The
 * portal's copy wins: it is the one that everybody sees (docs/adr/0006).
 */
export function mergeHistory(
  records: readonly AttemptRecord[],
  own: readonly AttemptRecord[],
): AttemptRecord[] {
  const byAttempt = new Map([...own, ...records].map((record) => [record.attemptId, record]))
  return [...byAttempt.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function ofCard(db: Outbox, cardKey: CardKey) {
  return db.attempts
    .where('[cardKey+savedAtMs]')
    .between([cardKey, Dexie.minKey], [cardKey, Dexie.maxKey])
}
