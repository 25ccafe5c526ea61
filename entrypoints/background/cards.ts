import type { BitrixClient } from '../../lib/bitrix24/client.ts'
import { detailOf } from '../../lib/bitrix24/delivery-reason.ts'
import type { BitrixError } from '../../lib/bitrix24/errors.ts'
import { readCard } from '../../lib/bitrix24/read-card.ts'
import { fieldsToRead } from '../../lib/campaign/belongs.ts'
import { type CardRef, type CardSnapshot, cardKey } from '../../lib/contracts/card.ts'
import type { CardReading, CardState } from '../../lib/contracts/panel.ts'
import { answer } from '../../lib/extension/answer.ts'
import { getCard, putCard } from '../../lib/outbox/cards.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { lastLedgerOf, mergeHistory, ownRecords } from '../../lib/outbox/ledger.ts'
import { parseRecord } from '../../lib/outcomes/record-text.ts'
import { normalisePhone } from '../../lib/phone-number/normalise-phone.ts'
import { timeZoneOfNumbers } from '../../lib/phone-number/time-zone.ts'
import type { ChoiceKeeper } from './choices.ts'
import { unreadCard } from './view.ts'
import type { Desk } from './world.ts'

/** A slow portal must not keep the operator from calling: then the last reading has to do. */
const LONGEST_WAIT_MS = 3_000

export interface Cards {
  /** Waits for the reading under way, if there is one: it may tell that the card is not called. */
  settled(card: CardRef): Promise<void>
  /** Reads cards anew whose fields newer campaigns ask for were not read yet. */
  readMissing(): void
  /** A card was opened: shown at once from the page and the last reading, then read anew. */
  open(snapshot: CardSnapshot): void
}

export function serveCards(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  client: () => BitrixClient | null,
  choices: Pick<ChoiceKeeper, 'beforeReading'>,
): Cards {
  const reading = new Map<string, Promise<void>>()
  const fieldsRead = new Map<string, string[]>()

  function patch(card: CardRef, part: Partial<CardState>): void {
    const key = cardKey(card)
    desk.change(({ cards }) => {
      const known = cards.get(key)
      if (known) cards.set(key, { ...known, ...part })
    })
  }

  /** One reading at a time for a card: a second wish joins the first. */
  function read(card: CardRef): Promise<void> {
    const key = cardKey(card)
    const running = reading.get(key)
    if (running) return running
    const started = readAndShow(card).finally(() => reading.delete(key))
    reading.set(key, started)
    return started
  }

  async function readAndShow(card: CardRef): Promise<void> {
    await showWhatIsKept(card)
    const portal = client()
    if (!portal) return
    const takeChoice = await choices.beforeReading(card)
    const fields = fieldsToRead(desk.world.campaigns)
    const answer = await readCard(card, {
      fields,
      client: portal,
      parseRecord,
      normalise,
      timeZoneOf: timeZoneOfNumbers,
    })
    if (!answer.ok) {
      desk.set({ portal: reachabilityAfter(answer.reason) })
      const known = desk.world.cards.get(cardKey(card))
      const reading = readingAfter(answer.reason, known?.details !== null)
      return patch(card, { reading, trouble: detailOf(answer.reason) })
    }
    const { details, todos } = answer.value
    const history = mergeHistory(answer.value.history, await ownRecords(db, cardKey(card)))
    desk.set({ portal: 'online' })
    await takeChoice(details)
    fieldsRead.set(cardKey(card), fields)
    patch(card, { details, history, todos, reading: 'ready', trouble: null })
    await putCard(db, answer.value)
  }

  /** The last reading and the results saved here: there at once, and all there is offline. */
  async function showWhatIsKept(card: CardRef): Promise<void> {
    const key = cardKey(card)
    const [kept, own, ledger] = await Promise.all([
      getCard(db, key),
      ownRecords(db, key),
      lastLedgerOf(db, key),
    ])
    const known = desk.world.cards.get(key)
    if (!known || known.details) return
    const history = mergeHistory(kept?.history ?? [], own)
    patch(card, { history, ...(kept && { details: kept.details, todos: kept.todos }) })
    if (!ledger || desk.world.drafts.has(key)) return
    desk.change(({ ledgers }) => void ledgers.set(key, ledger))
  }

  answer('card.reload', async ({ card }) => {
    await ready
    patch(card, { reading: 'loading' })
    await read(card)
    return { ok: true, value: null }
  })

  return {
    readMissing() {
      const wanted = fieldsToRead(desk.world.campaigns)
      for (const [key, { snapshot }] of desk.world.cards) {
        const known = fieldsRead.get(key)
        if (known && wanted.some((name) => !known.includes(name))) void read(snapshot.card)
      }
    },
    async settled(card) {
      const running = reading.get(cardKey(card))
      if (!running) return
      await Promise.race([
        running.catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS)),
      ])
    },
    open(snapshot) {
      const key = cardKey(snapshot.card)
      desk.change(({ cards }) => {
        const known = cards.get(key)
        cards.set(key, known ? { ...known, snapshot } : unreadCard(snapshot))
      })
      void read(snapshot.card)
    },
  }
}

function normalise(raw: string): string | null {
  const normal = normalisePhone(raw)
  return normal.ok ? normal.e164 : null
}

function readingAfter({ reason }: BitrixError, isKnown: boolean): CardReading {
  if (reason === 'not_found') return 'not_found'
  if (isKnown) return 'stale'
  return 'refused'
}

/** How the portal stands after it refused something. */
export function reachabilityAfter({ reason }: BitrixError): 'online' | 'away' | 'refused' {
  if (REFUSALS.has(reason)) return 'refused'
  return reason === 'not_found' || reason === 'invalid' ? 'online' : 'away'
}

const REFUSALS: ReadonlySet<BitrixError['reason']> = new Set([
  'unauthorized',
  'forbidden',
  'moved',
  'signed_out',
  'app_removed',
  'user_dismissed',
  'scope_missing',
  'relay_signed_out',
])
