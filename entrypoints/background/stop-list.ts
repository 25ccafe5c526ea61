import { browser } from 'wxt/browser'
import { z } from 'zod'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import { Instant, type Result } from '../../lib/contracts/common.ts'
import type { StopListTrouble } from '../../lib/contracts/panel-stop-list.ts'
import type { SigningJwk } from '../../lib/contracts/relay-campaigns.ts'
import { StopListCopy, type StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { readCampaignCache, writeCampaignCache } from '../../lib/extension/campaign-cache.ts'
import { openSigned, trustKeys } from '../../lib/extension/campaign-envelope.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { keyOf } from '../../lib/stop-list/card-stops.ts'
import { type KnownStops, markOf, withCopy } from '../../lib/stop-list/copy.ts'
import { saltedHash } from '../../lib/stop-list/salted-hash.ts'
import { phoneSubject } from '../../lib/stop-list/subject.ts'
import { subjectsInWorld } from './card-stops.ts'
import type { Desk } from './world.ts'

type Source = Pick<RelayClient, 'stopList' | 'keys'>

export interface StopList {
  /** What was kept, checked again: to be called on waking, and when the relay is another one. */
  recall(): Promise<void>
  /** Asks the relay for what is new. */
  load(): Promise<void>
  /** When everybody of a card, and a number that is to be dialled, has been looked up in the list. */
  settled(card: CardRef, number?: string): Promise<void>
}

/** Beside the envelopes: whose they are, and when the relay last said that they are its list. */
const Kept = z.strictObject({
  relay: z.string(),
  etag: z.string().nullable(),
  checkedAt: Instant,
})
type Kept = z.infer<typeof Kept>
const KEY = 'stopList'
/** A longer chain of changes is replaced by a whole copy: each is checked on waking. */
const MAX_CHANGES = 100

/**
 * The extension's copy of the relay's stop list, so that nobody who asked to be left alone is
 * reached while the relay is away. Only what a trusted key signed is used; of a copy that came
 * damaged or forged the last good one stays, and the panel says so.
 */
export function keepStopList(desk: Desk, db: Outbox, relay: () => Source | null): StopList {
  let known: KnownStops | null = null
  let hash: ReturnType<typeof saltedHash> | null = null
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (act: () => Promise<void>) => {
    turn = turn.then(act, act)
    return turn
  }
  const address = () => desk.world.settings.relay?.address ?? null

  desk.watch(() => void markNewcomers())

  async function recall(): Promise<void> {
    const from = address()
    const kept = from === null ? null : await readKept(from)
    const trusted = from === null ? null : ((await readCampaignCache(from))?.keys ?? null)
    const envelopes = kept && trusted ? await db.stopList.orderBy('version').toArray() : []
    let found: KnownStops | null = null
    for (const { envelope } of envelopes) {
      const next = await openCopy(found, envelope, trusted ?? [])
      // What was damaged here is asked for anew, as a whole.
      if (!next.ok) {
        found = null
        break
      }
      found = next.value
    }
    use(found)
    const checkedAt = found && kept ? kept.checkedAt : null
    // Nothing is said of a list that was never asked for: it may come with the first answer.
    desk.set({ stopList: checkedAt === null ? null : { checkedAt, trouble: null } })
  }

  async function load(): Promise<void> {
    const client = relay()
    const from = address()
    if (!client || from === null) return recall()
    const kept = await readKept(from)
    const chain = await db.stopList.count()
    const base =
      known && chain <= MAX_CHANGES
        ? { version: known.version, salt: known.salt, etag: kept?.etag ?? null }
        : null
    const answer = await client.stopList(base)
    if (!answer.ok) {
      const none = { checkedAt: null, trouble: null }
      return desk.set({ stopList: desk.world.stopList ?? none })
    }
    const checkedAt = new Date().toISOString()
    if (answer.value === 'unchanged') {
      if (kept) await writeKept({ ...kept, checkedAt })
      return desk.set({ stopList: { checkedAt, trouble: null } })
    }
    const { envelope, etag } = answer.value
    const taken = await take(client, from, envelope)
    if (!taken.ok) {
      const { checkedAt: last = null } = desk.world.stopList ?? {}
      return desk.set({ stopList: { checkedAt: last, trouble: taken.reason } })
    }
    const { stops, isWhole } = taken.value
    await db.transaction('rw', db.stopList, async () => {
      if (isWhole) await db.stopList.clear()
      // A change that changes nothing would stand in the place of what it follows.
      if (isWhole || stops.version !== known?.version) {
        await db.stopList.put({ version: stops.version, envelope })
      }
    })
    await writeKept({ relay: from, etag, checkedAt })
    use(stops)
    desk.set({ stopList: { checkedAt, trouble: null } })
  }

  /** Opens what came by the keys that are trusted, and by those that they have endorsed since. */
  async function take(
    client: Source,
    from: string,
    envelope: string,
  ): Promise<Result<{ stops: KnownStops; isWhole: boolean }, StopListTrouble>> {
    const cache = await readCampaignCache(from)
    let opened = await openCopy(known, envelope, cache?.keys ?? [])
    if (!opened.ok && opened.reason === 'unknown_key') {
      const offered = await client.keys()
      if (!offered.ok) return opened
      const keys = await trustKeys(cache?.keys ?? null, offered.value.keys)
      const empty = { relay: from, etag: null, campaigns: [], earlier: [] }
      await writeCampaignCache({ ...(cache ?? empty), keys })
      opened = await openCopy(known, envelope, keys)
    }
    if (!opened.ok) return opened
    return { ok: true, value: { stops: opened.value, isWhole: opened.isWhole } }
  }

  function use(stops: KnownStops | null): void {
    const isOtherSalt = stops?.salt !== known?.salt
    known = stops
    hash = stops && saltedHash(stops.salt)
    const entries = Map.groupBy(stops?.entries ?? [], ({ subject }) => subject)
    desk.change((world) => {
      world.stopEntries = entries
      if (isOtherSalt) world.stopMarks = new Map()
    })
  }

  /** Hashes whoever has come into the world since: hashing is the browser's, and takes a turn. */
  async function markNewcomers(
    card: CardRef | null = null,
    more: readonly StopSubject[] = [],
  ): Promise<void> {
    if (!known || !hash) return
    const { salt } = known
    const hashNow = hash
    const { stopMarks } = desk.world
    const only = card && cardKey(card)
    const all = [...subjectsInWorld(desk.world, only), ...more]
    const missing = all.filter((one) => !stopMarks.has(keyOf(one)))
    if (missing.length === 0) return
    const marks = await Promise.all(
      missing.map(async (one) => [keyOf(one), await markOf(one, hashNow)] as const),
    )
    if (known?.salt !== salt) return markNewcomers(card, more)
    desk.change((world) => {
      world.stopMarks = new Map([...world.stopMarks, ...marks])
    })
  }

  return {
    recall: () => inTurn(recall),
    load: () => inTurn(load),
    settled(card, number) {
      const phone = number === undefined ? null : phoneSubject(number)
      return markNewcomers(card, phone?.ok ? [phone.value] : [])
    },
  }
}

async function openCopy(
  known: KnownStops | null,
  envelope: string,
  trusted: readonly SigningJwk[],
): Promise<
  { ok: true; value: KnownStops; isWhole: boolean } | { ok: false; reason: StopListTrouble }
> {
  const payload = await openSigned(envelope, 'stopList', trusted)
  if (!payload.ok) return payload
  const copy = StopListCopy.safeParse(payload.value)
  if (!copy.success) return { ok: false, reason: 'unreadable' }
  const next = withCopy(known, copy.data)
  // An older copy, or a change of what we don't know, is rightly signed but not the answer to us.
  if (!next.ok) return { ok: false, reason: 'forged' }
  return { ok: true, value: next.value, isWhole: copy.data.since === null }
}

async function readKept(relay: string): Promise<Kept | null> {
  const stored = Kept.safeParse((await browser.storage.local.get(KEY))[KEY])
  return stored.success && stored.data.relay === relay ? stored.data : null
}

async function writeKept(kept: Kept): Promise<void> {
  await browser.storage.local.set({ [KEY]: kept })
}
