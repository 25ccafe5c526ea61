import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Carrier, DeliveryOutcome, Found } from '../contracts/delivery.ts'
import type { EffectType, StoredEffect } from '../contracts/effect.ts'
import { type Outbox, openOutbox } from './database.ts'
import { createDelivery } from './delivery.ts'
import { attemptIdOf, LEAD, NOW_MS, sampleAttempt, sampleEffect } from './samples.fixture.ts'
import { saveResult } from './save.ts'

const DONE: DeliveryOutcome = { kind: 'done', remoteId: '1', message: null, detail: null }
const AWAY: DeliveryOutcome = { kind: 'retry', reason: 'away', detail: 'no connection' }
const UNKNOWN: DeliveryOutcome = { kind: 'unknown', reason: 'away', detail: 'no answer' }
const OTHER_LEAD = { ...LEAD, id: 13 }

let db: Outbox
let nowMs: number
let databases = 0
beforeEach(async () => {
  databases += 1
  db = await openOutbox(`delivery-${databases}`)
  nowMs = NOW_MS
})

describe('order', () => {
  it('an attempt’s effects go together, in their order', async () => {
    const { carrier, delivery } = deliveryOver()
    await save(1, ['call_record', 'fields', 'comment'])
    await delivery.drain({ reason: 'saved' })
    expect(carrier.sent).toEqual([['1:call_record', '1:fields', '1:comment']])
  })

  it('a card’s earlier result goes before its later one', async () => {
    const { carrier, delivery } = deliveryOver()
    await save(1, ['comment'])
    await save(2, ['comment', 'fields'])
    await delivery.drain({ reason: 'saved' })
    expect(carrier.sent).toEqual([['1:comment'], ['2:comment', '2:fields']])
  })

  it('a later result waits for the earlier one, and says why', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => ({ kind: 'retry', reason: 'server_error', detail: 'broken' })
    await save(1, ['comment'])
    await save(2, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(carrier.sent).toEqual([['1:comment']])
    expect(await stored('2:comment')).toMatchObject({
      state: 'waiting',
      reason: 'server_error',
      detail: 'waits for an earlier write',
    })
  })

  it('a refused effect holds nobody up', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = ({ attemptId }) =>
      attemptId === attemptIdOf(1)
        ? { kind: 'refused', reason: 'forbidden', detail: 'Access denied.' }
        : DONE
    await save(1, ['comment'])
    await save(2, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(await stored('1:comment')).toMatchObject({ state: 'refused', detail: 'Access denied.' })
    expect(await stored('2:comment')).toMatchObject({ state: 'done', remoteId: '1' })
  })

  it('trouble with one card is no trouble for another', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = ({ attemptId }) =>
      attemptId === attemptIdOf(1)
        ? { kind: 'retry', reason: 'server_error', detail: 'broken' }
        : DONE
    await save(1, ['comment'])
    await save(2, ['comment'], OTHER_LEAD)
    await delivery.drain({ reason: 'saved' })
    expect(await stored('2:comment')).toMatchObject({ state: 'done' })
  })

  it('a destination that is away is not knocked at for every card, and each says why', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => AWAY
    await save(1, ['comment'])
    await save(2, ['comment'], OTHER_LEAD)
    await delivery.drain({ reason: 'saved' })
    expect(carrier.sent).toHaveLength(1)
    expect(await stored('2:comment')).toMatchObject({
      state: 'waiting',
      reason: 'away',
      detail: 'no connection',
      tries: 0,
    })
  })

  it('the relay’s messages don’t wait for the portal', async () => {
    const relay = scriptedCarrier(['sms'])
    const { carrier, delivery } = deliveryOver(relay)
    carrier.outcome = () => AWAY
    await save(1, ['comment', 'sms'])
    await delivery.drain({ reason: 'saved' })
    expect(relay.sent).toEqual([['1:sms']])
  })
})

describe('time', () => {
  it('what leaves the house waits until it is due', async () => {
    const { carrier, delivery } = deliveryOver()
    await save(1, ['comment'])
    await save(1, ['notification'], OTHER_LEAD, NOW_MS + 30_000, 2)
    await delivery.drain({ reason: 'saved' })
    expect(carrier.sent).toEqual([['1:comment']])
    expect(await delivery.nextDueAt()).toBe(NOW_MS + 30_000)
    await delivery.drain({ reason: 'online' })
    expect(carrier.sent).toHaveLength(1)
    nowMs += 30_000
    await delivery.drain({ reason: 'alarm' })
    expect(carrier.sent).toHaveLength(2)
    expect(await delivery.nextDueAt()).toBeNull()
  })

  it('tries again later each time, from one second up to five minutes', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => AWAY
    await save(1, ['comment'])
    const waits: number[] = []
    for (let n = 0; n < 11; n += 1) {
      await delivery.drain({ reason: 'alarm' })
      const dueAt = (await delivery.nextDueAt()) ?? Number.NaN
      waits.push((dueAt - nowMs) / 1000)
      nowMs = dueAt
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
  })

  it('does not try before the time that the other side named', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => ({
      kind: 'retry',
      reason: 'limit',
      detail: 'blocked',
      notBeforeMs: NOW_MS + 600_000,
    })
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(await delivery.nextDueAt()).toBe(NOW_MS + 600_000)
  })

  it('tries at once when the network is back, but not twice in one drain', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => AWAY
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    await delivery.drain({ reason: 'alarm' })
    expect(carrier.sent).toHaveLength(1)
    await delivery.drain({ reason: 'online' })
    expect(carrier.sent).toHaveLength(2)
  })
})

describe('doubt', () => {
  it('is cleared by a look-up, never by sending again', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => UNKNOWN
    await save(1, ['comment', 'todo'])
    await delivery.drain({ reason: 'saved' })
    expect(await stored('1:comment')).toMatchObject({ state: 'doubt', reason: 'away' })

    carrier.outcome = () => DONE
    carrier.found = ({ effect }) =>
      effect.type === 'comment'
        ? { kind: 'found', remoteId: '77', message: null, detail: null }
        : { kind: 'absent' }
    nowMs += 5000
    await delivery.drain({ reason: 'alarm' })
    expect(carrier.lookedUp).toEqual([['1:comment', '1:todo']])
    expect(carrier.sent).toEqual([['1:comment', '1:todo'], ['1:todo']])
    expect(await stored('1:comment')).toMatchObject({ state: 'done', remoteId: '77', reason: null })
  })

  it('is not looked up while the unanswered request may still be at work', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => UNKNOWN
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    await delivery.drain({ reason: 'online' })
    expect(carrier.lookedUp).toEqual([])
    expect(await delivery.nextDueAt()).toBe(NOW_MS + 5000)
  })

  it('keeps the rest of the attempt back until it is cleared', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = ({ effect }) => (effect.type === 'comment' ? UNKNOWN : AWAY)
    carrier.found = () => ({ kind: 'unanswered', reason: 'away', detail: 'no connection' })
    await save(1, ['comment', 'todo'])
    await delivery.drain({ reason: 'saved' })
    nowMs += 60_000
    await delivery.drain({ reason: 'alarm' })
    expect(carrier.sent).toHaveLength(1)
    expect(carrier.lookedUp).toEqual([['1:comment']])
    expect(await stored('1:comment')).toMatchObject({ state: 'doubt', reason: 'away' })
  })

  it('is what an effect is in that a dead delivery left behind as «sending»', async () => {
    const { carrier, delivery } = deliveryOver()
    await save(1, ['comment'])
    const id = `${attemptIdOf(1)}:comment`
    await db.effects.update(id, { state: 'sending', updatedAt: NOW_MS - 5000 })
    carrier.found = () => ({ kind: 'found', remoteId: '9', message: null, detail: null })
    await delivery.drain({ reason: 'start' })
    expect(carrier.sent).toEqual([])
    expect(await stored('1:comment')).toMatchObject({ state: 'done', remoteId: '9' })
  })

  it('is what a carrier’s bug leaves behind; nothing is lost', async () => {
    const errors: unknown[] = []
    const { carrier, delivery } = deliveryOver(undefined, (error) => errors.push(error))
    const bug = new Error('bug')
    carrier.outcome = () => {
      throw bug
    }
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(errors).toEqual([bug])
    expect(await stored('1:comment')).toMatchObject({ state: 'doubt', reason: 'server_error' })
  })
})

describe('draining', () => {
  it('runs once at a time, and once more when asked meanwhile', async () => {
    const { carrier, delivery } = deliveryOver()
    let atOnce = 0
    let most = 0
    let second: Promise<void> | null = null
    carrier.before = async () => {
      atOnce += 1
      most = Math.max(most, atOnce)
      if (second === null) {
        await save(2, ['comment'], OTHER_LEAD)
        second = delivery.drain({ reason: 'saved' })
      }
      atOnce -= 1
    }
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(most).toBe(1)
    expect(carrier.sent).toEqual([['1:comment'], ['2:comment']])
  })

  it('hears of a network that came back while it ran', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => AWAY
    carrier.before = async () => {
      carrier.before = async () => {
        carrier.outcome = () => DONE
      }
      void delivery.drain({ reason: 'online' })
    }
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(await stored('1:comment')).toMatchObject({ state: 'done', tries: 2 })
  })

  it('tells of every change that people see', async () => {
    let changes = 0
    const { delivery } = deliveryOver(undefined, undefined, () => {
      changes += 1
    })
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    expect(changes).toBe(2)
    await delivery.drain({ reason: 'alarm' })
    expect(changes).toBe(2)
  })

  it('says «not configured» of what nobody takes', async () => {
    const { delivery } = deliveryOver()
    await save(1, ['sms'])
    await delivery.drain({ reason: 'saved' })
    expect(await stored('1:sms')).toMatchObject({ state: 'waiting', reason: 'not_configured' })
    expect(await delivery.nextDueAt()).toBe(NOW_MS + 1000)
  })
})

describe('the operator’s retry', () => {
  it('sends a refused effect again', async () => {
    const { carrier, delivery } = deliveryOver()
    carrier.outcome = () => ({ kind: 'refused', reason: 'invalid', detail: 'no such stage' })
    await save(1, ['fields'])
    await delivery.drain({ reason: 'saved' })
    nowMs += 600_000
    await delivery.drain({ reason: 'alarm' })
    expect(carrier.sent).toHaveLength(1)

    carrier.outcome = () => DONE
    expect(await delivery.retry(`${attemptIdOf(1)}:fields`)).toEqual({ ok: true, value: null })
    expect(await stored('1:fields')).toMatchObject({ state: 'done', reason: null, detail: null })
  })

  it('does nothing to what is done or unknown', async () => {
    const { carrier, delivery } = deliveryOver()
    await save(1, ['comment'])
    await delivery.drain({ reason: 'saved' })
    const again = await delivery.retry(`${attemptIdOf(1)}:comment`)
    expect(again).toEqual({ ok: false, reason: 'done' })
    expect(await delivery.retry('nobody')).toEqual({ ok: false, reason: 'not_found' })
    expect(carrier.sent).toHaveLength(1)
  })
})

/** Effects by `<attempt>:<type>`, as the tests name them. */
function short(stored: StoredEffect): string {
  return `${Number(stored.attemptId.slice(-12))}:${stored.effect.type}`
}

async function stored(name: string): Promise<StoredEffect | undefined> {
  return (await db.effects.toArray()).find((effect) => short(effect) === name)
}

async function save(n: number, types: EffectType[], card = LEAD, dueAt = NOW_MS, id = n) {
  await saveResult(db, {
    attempt: { ...sampleAttempt(n, card), attemptId: attemptIdOf(id) },
    effects: types.map((type) => ({ effect: sampleEffect(type, id, card), dueAt })),
    now: NOW_MS,
  })
}

function scriptedCarrier(types: EffectType[]) {
  const carrier = {
    types,
    sent: [] as string[][],
    lookedUp: [] as string[][],
    before: async () => {},
    outcome: (_: StoredEffect): DeliveryOutcome => DONE,
    found: (_: StoredEffect): Found => ({ kind: 'absent' }),
    async deliver(effects: readonly StoredEffect[]) {
      carrier.sent.push(effects.map(short))
      await carrier.before()
      return new Map(effects.map((effect) => [effect.id, carrier.outcome(effect)]))
    },
    async find(effects: readonly StoredEffect[]) {
      carrier.lookedUp.push(effects.map(short))
      return new Map(effects.map((effect) => [effect.id, carrier.found(effect)]))
    },
  }
  return carrier satisfies Carrier
}

function deliveryOver(relay?: Carrier, onError?: (error: unknown) => void, onChange = () => {}) {
  const carrier = scriptedCarrier(['call_record', 'comment', 'todo', 'fields', 'notification'])
  const delivery = createDelivery({
    db,
    carriers: relay === undefined ? [carrier] : [carrier, relay],
    now: () => nowMs,
    onChange,
    random: () => 1,
    ...(onError === undefined ? {} : { onError }),
  })
  return { carrier, delivery }
}
