import { type CardRef, type CardSnapshot, cardKey } from '../../lib/contracts/card.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { OutboxDatabase } from '../../lib/outbox/database.ts'
import { readCard } from '../../lib/bitrix24/read-card.ts'
import type { Desk } from './world.ts'
import { unreadCard } from './view.ts'

export interface Cards {
  /** A card was opened: shown at once from the page and the last reading, then read anew. */
  open(snapshot: CardSnapshot): void
}

export function serveCards(): Cards {
  return { open() {} }
}
