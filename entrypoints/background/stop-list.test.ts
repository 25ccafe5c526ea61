import 'fake-indexeddb/auto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { StopListCopy, StopListCopyEntry } from '../../lib/contracts/relay-stop-list.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import { type Outbox, openOutbox } from '../../lib/outbox/database.ts'
import { markOf } from '../../lib/stop-list/copy.ts'
import { saltedHash } from '../../lib/stop-list/salted-hash.ts'
import { makeKey, signAs, type TestKey } from '../../test/support/signed-campaigns.ts'
import { keepStopList } from './stop-list.ts'
import { panelStateOf, unreadCard } from './view.ts'
import { createDesk } from './world.ts'

const SALT = 'AAECAwQFBgcICQoLDA0ODw'
const card: CardRef = { portal: 'https://portal.test', kind: 'lead', id: 12 }
const BARRED = '+380672945001'
const FREE = '+380672945002'
const phones = [BARRED, FREE].map((e164) => ({ raw: e164, e164, label: 'WORK' }))
const snapshot = { card, title: 'Lead', company: null, contact: null, phones }

type Source = Pick<RelayClient, 'stopList' | 'keys'>
let key: TestKey
let db: Outbox
let databases = 0
let minute = 0
beforeAll(async () => {
  key = await makeKey()
})
beforeEach(async () => {
  fakeBrowser.reset()
  databases += 1
  minute = 0
  db = await openOutbox(`stop-list-${databases}`)
})

async function entryOf(number: string, n = 1): Promise<StopListCopyEntry> {
  return {
    id: `00000000-0000-4000-8000-00000000000${n}`,
    subject: await markOf({ kind: 'phone', value: number }, saltedHash(SALT)),
    kind: 'phone',
    scope: { kind: 'global' },
    channel: 'all',
    term: { kind: 'permanent' },
    source: 'client',
    enteredAt: '2026-03-01T10:00:00Z',
  }
}
function copyOf(changes: Partial<StopListCopy>): StopListCopy {
  minute += 1
  const issuedAt = new Date(Date.UTC(2026, 2, 2, 10, minute)).toISOString()
  return { version: 1, since: null, issuedAt, salt: SALT, entries: [], removed: [], ...changes }
}
const sign = (copy: StopListCopy, by = key) => signAs('prozvon-stop-list+jws', copy, by)

/** A relay that gives this out; tells what it was asked. */
function giving(envelope: string, keys: TestKey[] = [key], etag = '"1"') {
  const asked: Parameters<Source['stopList']>[0][] = []
  const client: Source = {
    async stopList(known) {
      asked.push(known)
      if (known?.etag === etag) return { ok: true, value: 'unchanged' }
      return { ok: true, value: { envelope, etag } }
    },
    keys: async () => ({ ok: true, value: { keys: keys.map(({ jwk }) => jwk) } }),
  }
  return Object.assign(client, { asked })
}
const AWAY = { ok: false, reason: { reason: 'away', code: null, detail: '' } } as const
const away: Source = { stopList: async () => AWAY, keys: async () => AWAY }

/** A background that has just woken with a card open, after it asked the relay. */
async function wakeWith(client: Source | null) {
  const desk = createDesk()
  if (client) desk.world.settings.relay = { address: 'https://relay.test', token: 't' }
  desk.world.settings = { ...desk.world.settings }
  desk.world.cards.set(cardKey(card), unreadCard(snapshot))
  desk.world.frames.set(1, [{ frame: {}, snapshot }])
  const stopList = keepStopList(desk, db, () => client)
  await stopList.recall()
  await stopList.load()
  await stopList.settled(card)
  const { stops, stopList: state } = panelStateOf(desk.world, 1)
  desk.world.settings.relay = null
  return { barred: stops.map(({ subject }) => subject.value), state }
}

describe('the copy of the stop list', () => {
  it('bars its number and leaves the other one free, also after a restart without the relay', async () => {
    const relay = giving(await sign(copyOf({ entries: [await entryOf(BARRED)] })))
    const first = await wakeWith(relay)
    expect(first.barred).toEqual([BARRED])
    const later = await wakeWith(away)
    expect(later).toEqual(first)
    expect(await db.stopList.count()).toBe(1)
  })

  it('is fetched whole, and then only what changed since', async () => {
    const entries = [await entryOf(BARRED)]
    const whole = giving(await sign(copyOf({ entries })))
    await wakeWith(whole)
    const removed = entries.map(({ id }) => id)
    const change = copyOf({ version: 2, since: 1, removed, entries: [await entryOf(FREE, 2)] })
    const changes = giving(await sign(change), [key], '"2"')
    expect((await wakeWith(changes)).barred).toEqual([FREE])
    expect((await wakeWith(away)).barred).toEqual([FREE])
    expect(whole.asked).toEqual([null])
    expect(changes.asked).toEqual([{ version: 1, salt: SALT, etag: '"1"' }])
  })

  it('is as old as the relay’s last word on it, not as its last change', async () => {
    const relay = giving(await sign(copyOf({})))
    const first = await wakeWith(relay)
    await new Promise((done) => setTimeout(done, 2))
    const second = await wakeWith(relay)
    const ages = [first, second].map(({ state }) => Date.parse(state?.checkedAt ?? ''))
    expect(ages[1]).toBeGreaterThan(ages[0] ?? Infinity)
  })

  it('is missing, and said to be, while the relay never gave one; without a relay there is none', async () => {
    expect((await wakeWith(away)).state).toEqual({ checkedAt: null, trouble: null })
    expect((await wakeWith(null)).state).toBeNull()
  })
})

describe('a copy that can’t be trusted is refused and said so, and the last good one stays', () => {
  beforeEach(async () => {
    await wakeWith(giving(await sign(copyOf({ entries: [await entryOf(BARRED)] }))))
  })
  const empty = () => copyOf({ version: 9 })

  it.each<[string, () => Promise<string>, string]>([
    ['damaged', async () => (await sign(empty())).replace(/.{4}$/, 'AAAA'), 'forged'],
    ['by a stranger', async () => sign(empty(), await makeKey()), 'unknown_key'],
    ['signed as something else', () => signAs('prozvon-campaign+jws', empty(), key), 'forged'],
    ['of a shape from the future', () => sign({ ...empty(), more: 1 } as never), 'unreadable'],
    [
      'given out again',
      () => sign({ ...empty(), version: 0, issuedAt: '2026-01-01T00:00:00Z' }),
      'forged',
    ],
    ['of a change to what is not known', () => sign({ ...empty(), since: 7 }), 'forged'],
  ])('%s', async (_, make, trouble) => {
    const { barred, state } = await wakeWith(giving(await make(), [key], '"2"'))
    expect(barred).toEqual([BARRED])
    expect(state?.trouble).toBe(trouble)
    expect((await wakeWith(away)).barred).toEqual([BARRED])
  })

  it('but by a key that the trusted one has endorsed it is taken', async () => {
    const next = await makeKey(key)
    const { state } = await wakeWith(giving(await sign(empty(), next), [next, key], '"2"'))
    expect(state?.trouble).toBeNull()
  })

  it('damaged in the browser’s own store it is fetched anew, as a whole', async () => {
    await db.stopList.toCollection().modify({ envelope: 'damaged' })
    const relay = giving(await sign(copyOf({ entries: [await entryOf(FREE)] })))
    expect((await wakeWith(relay)).barred).toEqual([FREE])
    expect(relay.asked).toEqual([null])
  })
})
