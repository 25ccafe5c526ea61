import { Dexie, type EntityTable } from 'dexie'
import type { AttemptDraft, AttemptRecord, SavedAttempt } from '../contracts/attempt.ts'
import type { CardDetails, CardKey, OpenTodo } from '../contracts/card.ts'
import type { StoredEffect } from '../contracts/effect.ts'
import type { Action } from '../contracts/relay-actions.ts'

/** A saved result; the keys beside it are there to be searched by. */
export interface AttemptRow {
  attemptId: string
  cardKey: CardKey
  savedAtMs: number
  attempt: SavedAttempt
}

export interface DraftRow {
  cardKey: CardKey
  draft: AttemptDraft
}

/** A card as it was last read, for when the portal is away. */
export interface CardRow {
  cardKey: CardKey
  details: CardDetails
  history: AttemptRecord[]
  todos: OpenTodo[]
}

/** An action that the relay hasn't acknowledged yet. */
export interface ActionRow {
  id: string
  /** Order in which they were noted: epoch milliseconds, and a fraction within one. */
  notedAt: number
  action: Action
}

/** A copy of the relay's stop list as it was signed: one whole copy, then the changes, by version. */
export interface StopListRow {
  version: number
  envelope: string
}

/**
 * The extension's own store (docs/adr/0006). Only the background opens it: in a content script
 * IndexedDB would be the portal's.
 */
export class Outbox extends Dexie {
  declare attempts: EntityTable<AttemptRow, 'attemptId'>
  declare effects: EntityTable<StoredEffect, 'id'>
  declare drafts: EntityTable<DraftRow, 'cardKey'>
  declare cards: EntityTable<CardRow, 'cardKey'>
  declare actions: EntityTable<ActionRow, 'id'>
  declare stopList: EntityTable<StopListRow, 'version'>

  constructor(name: string) {
    // «strict»: a result that was called saved is on the disk, whatever happens next.
    super(name, { chromeTransactionDurability: 'strict' })
    // Versions are only ever added, each with its upgrade; one that was shipped is never edited.
    this.version(1).stores({
      attempts: 'attemptId, [cardKey+savedAtMs]',
      effects: 'id, attemptId, cardKey, state, message',
      drafts: 'cardKey',
      cards: 'cardKey',
    })
    this.version(2).stores({ actions: 'id, notedAt' })
    this.version(3).stores({ stopList: 'version' })
  }
}

/** Opens (and if need be creates or upgrades) the outbox; throws when the browser forbids it. */
export async function openOutbox(name = 'prozvon'): Promise<Outbox> {
  const db = new Outbox(name)
  await db.open()
  return db
}
