import type { AttemptRecord } from '../contracts/attempt.ts'
import { type CardDetails, type CardKey, cardKey, type OpenTodo } from '../contracts/card.ts'
import type { CardRow, Outbox } from './database.ts'

export interface CardReading {
  details: CardDetails
  history: AttemptRecord[]
  todos: OpenTodo[]
}

/** Keeps a card as it was just read; an older reading that comes late is dropped. */
export async function putCard(db: Outbox, reading: CardReading): Promise<void> {
  const row: CardRow = { cardKey: cardKey(reading.details.card), ...reading }
  await db.transaction('rw', db.cards, async () => {
    const kept = await db.cards.get(row.cardKey)
    const isLate =
      kept !== undefined && Date.parse(kept.details.readAt) > Date.parse(row.details.readAt)
    if (!isLate) await db.cards.put(row)
  })
}

/** The card's last reading, to be shown as stale while the portal is away; null = never read. */
export async function getCard(db: Outbox, key: CardKey): Promise<CardReading | null> {
  const row = await db.cards.get(key)
  if (row === undefined) return null
  const { details, history, todos } = row
  return { details, history, todos }
}
