import { browser } from 'wxt/browser'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { ActionLog } from './action-log.ts'

/** When each card was last opened, epoch milliseconds. Kept over the worker's sleep. */
const OPENED = 'openedCards'
/** A card that comes up again within this time was not opened anew: its frame reconnected. */
const SAME_OPENING_MS = 10 * 60_000

/** Tells the action log that a card was opened: once, however often its frames say so. */
export async function noteOpened(log: Pick<ActionLog, 'note'>, card: CardRef): Promise<void> {
  const now = Date.now()
  const kept = ((await browser.storage.session.get(OPENED))[OPENED] ?? {}) as Record<string, number>
  const recent = Object.entries(kept).filter(([, at]) => now - at < SAME_OPENING_MS)
  await browser.storage.session.set({
    [OPENED]: { ...Object.fromEntries(recent), [cardKey(card)]: now },
  })
  if (recent.some(([key]) => key === cardKey(card))) return
  log.note({ kind: 'card.opened' }, { card })
}
