import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Action, RelayActionsReceipt } from '../contracts/relay-actions.ts'
import { addActions, boundActions, deliverActions } from './actions.ts'
import { type Outbox, openOutbox } from './database.ts'

let db: Outbox
let databases = 0
beforeEach(async () => {
  databases += 1
  db = await openOutbox(`actions-${databases}`)
})

function action(change: Partial<Action> = {}): Action {
  return {
    id: crypto.randomUUID(),
    at: '2026-03-05T09:00:00.000Z',
    by: 'person',
    ...{ campaign: null, card: null, attemptId: null, personal: null },
    event: { kind: 'shift.started' },
    ...change,
  }
}

/** A relay that keeps what it gets, unless told otherwise for one request. */
function relayStand() {
  const kept: string[] = []
  const moods: ('away' | 'refused' | 'lost')[] = []
  const refusals: unknown[] = []
  const poison = new Set<string>()
  return {
    kept,
    moods,
    refusals,
    poison,
    deliver: () =>
      deliverActions({
        db,
        now: () => Date.parse('2026-03-05T09:01:00.000Z'),
        onRefused: (some) => refusals.push(...some),
        async post({ actions }) {
          const mood = moods.shift()
          if (mood === 'away') return { ok: false, reason: 'away' }
          const ids = actions.map((one) => (one as Action).id)
          if (ids.some((id) => poison.has(id))) return { ok: false, reason: 'refused' }
          kept.push(...ids)
          if (mood === 'lost') return { ok: false, reason: 'away' }
          const value: RelayActionsReceipt = { kept: actions.length, refused: [] }
          return { ok: true, value }
        },
      }),
  }
}

describe('actions in the outbox', () => {
  it('go to the relay in the order in which they were noted, and are gone when acknowledged', async () => {
    const relay = relayStand()
    const all = Array.from({ length: 450 }, () => action())
    for (const one of all) await addActions(db, [one])
    expect(await relay.deliver()).toBe(true)
    expect(relay.kept).toEqual(all.map(({ id }) => id))
    expect(await db.actions.count()).toBe(0)
  })

  it('stay while the relay is away, and are sent again when the acknowledgement was lost', async () => {
    const relay = relayStand()
    const one = action()
    await addActions(db, [one])
    relay.moods.push('away', 'lost')
    expect(await relay.deliver()).toBe(false)
    expect(await relay.deliver()).toBe(false)
    expect(await db.actions.count()).toBe(1)
    expect(await relay.deliver()).toBe(true)
    expect(relay.kept).toEqual([one.id, one.id])
  })

  it('the same action noted twice is one', async () => {
    const one = action()
    await addActions(db, [one])
    await addActions(db, [one])
    expect(await db.actions.count()).toBe(1)
  })

  it('one that spoils its request doesn’t hold up the others', async () => {
    const relay = relayStand()
    const all = Array.from({ length: 9 }, () => action())
    const bad = all[4]?.id ?? ''
    relay.poison.add(bad)
    await addActions(db, all)
    expect(await relay.deliver()).toBe(true)
    expect(relay.kept).toEqual(all.map(({ id }) => id).filter((id) => id !== bad))
    expect(relay.refusals).toHaveLength(1)
  })

  it('too many of them: the oldest are given up, and the log is told of the gap', async () => {
    const all = Array.from({ length: 12 }, (_, n) =>
      action({ at: `2026-03-05T09:00:${String(n).padStart(2, '0')}.000Z` }),
    )
    await addActions(db, all)
    await boundActions(db, Date.parse('2026-03-06T09:00:00Z'), { most: 10, givenUp: 5 })
    const left = (await db.actions.orderBy('notedAt').toArray()).map((row) => row.action)
    expect(left.slice(0, 7).map(({ id }) => id)).toEqual(all.slice(5).map(({ id }) => id))
    expect(left[7]?.event).toEqual({
      kind: 'log.gap',
      count: 5,
      from: all[0]?.at,
      to: all[4]?.at,
    })
  })
})
