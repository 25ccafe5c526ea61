/**
 * The fault matrix: every type of effect meets every fault, over the real carrier and a portal at
 * the level of HTTP. Whatever happens, the world outside gets it exactly once, or the operator
 * gets one clear question (docs/adr/0006).
 */
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Authorisation } from '../bitrix24/authorisation.ts'
import { createPortalCarrier } from '../bitrix24/portal-carrier.ts'
import { scriptedClient } from '../bitrix24/scripted-client.fixture.ts'
import { type Fault, ScriptedPortal, WEBHOOK } from '../bitrix24/scripted-portal.fixture.ts'
import type { Carrier } from '../contracts/delivery.ts'
import { destinationOf, type EffectType, type StoredEffect } from '../contracts/effect.ts'
import { type Outbox, openOutbox } from './database.ts'
import { createDelivery } from './delivery.ts'
import { NOW_MS, sampleAttempt, sampleEffect } from './samples.fixture.ts'
import { saveResult } from './save.ts'

const TYPES: EffectType[] = [
  'call_record',
  'comment',
  'todo',
  'todo_done',
  'fields',
  'notification',
  'sms',
  'mail',
  'stop_list',
]
const FAULTS = [
  'before it is sent',
  'after it took effect, the answer lost',
  'repeated by the browser itself',
  'killed while sending, before it arrived',
  'killed while sending, after it took effect',
  'limit',
  'refused',
] as const
type FaultName = (typeof FAULTS)[number]

/** An application's notification carries a tag, so that a repetition replaces it. */
const APPLICATION: Authorisation = {
  by: 'application',
  formerOrigins: [],
  tokens: {
    endpoint: `${WEBHOOK}/`,
    token: async () => ({ ok: true, value: 't0ken' }),
    refused: async () => ({ ok: true, value: 't0ken' }),
  },
}
const WAYS_IN = {
  'a webhook': { by: 'webhook', webhook: WEBHOOK },
  'an application': APPLICATION,
} as const satisfies Record<string, Authorisation>
type WayIn = keyof typeof WAYS_IN

/** What cannot be looked up and is not repeated: at most once, and a note that says so. */
function isAtMostOnce(type: EffectType, wayIn: WayIn): boolean {
  return type === 'notification' && wayIn === 'a webhook'
}

let db: Outbox
let world: World
let databases = 0
beforeEach(async () => {
  databases += 1
  db = await openOutbox(`faults-${databases}`)
  world = createWorld('a webhook')
})

const CASES = (['a webhook', 'an application'] as const).flatMap((wayIn) =>
  TYPES.filter((type) => wayIn === 'a webhook' || destinationOf(type) === 'portal').map(
    (type) => [type, wayIn] as const,
  ),
)

describe.each(CASES)('%s by %s', (type, wayIn) => {
  beforeEach(() => {
    world = createWorld(wayIn)
  })

  it('arrives once when all is well', async () => {
    await save(type)
    await world.drainUntilQuiet()
    expect(world.countOf(type)).toBe(1)
    expect(await effect()).toMatchObject({ state: 'done', reason: null })
  })

  it.each(FAULTS)('%s', async (fault) => {
    await save(type)
    world.fail(type, fault)
    await world.drainOnce(fault.startsWith('killed'))
    const stuck = await effect()
    expect(stuck.state === 'done' || stuck.state === 'sending' || explains(stuck)).toBe(true)

    world.heal()
    await world.drainUntilQuiet()
    const { state, reason, detail } = await effect()
    const count = world.countOf(type)

    if (fault === 'refused') {
      expect({ state, reason, count }).toEqual({ state: 'refused', reason: 'forbidden', count: 0 })
      expect(detail).toBeTruthy()
      await world.retry(`${sampleAttempt(1).attemptId}:${type}`)
      expect(world.countOf(type)).toBe(1)
      return
    }
    expect(state).toBe('done')
    if (isAtMostOnce(type, wayIn) && fault === 'repeated by the browser itself') {
      // Nothing can be done about it by a webhook, which may set no tag: the rep is told twice.
      expect(count).toBe(2)
    } else if (isAtMostOnce(type, wayIn) && /took effect|killed/.test(fault)) {
      expect(count).toBe(fault.includes('took effect') ? 1 : 0)
      expect(detail).toMatch(/at most once/)
    } else {
      expect(count).toBe(1)
    }
  })
})

it('never repeats what is done when its neighbours in the batch have failed', async () => {
  await saveResult(db, {
    attempt: sampleAttempt(1),
    effects: (['call_record', 'fields', 'comment', 'todo'] as const).map((type) => ({
      effect: sampleEffect(type),
      dueAt: NOW_MS,
    })),
    now: NOW_MS,
  })
  // The whole batch takes effect unanswered; the look-up is unanswered too, three times.
  world.portal.faults = ['answer_lost', 'unreachable', 'unreachable', 'unreachable']
  await world.drainUntilQuiet()
  for (const type of ['call_record', 'comment', 'todo', 'fields'] as const) {
    expect(world.countOf(type)).toBe(1)
  }
  expect(await db.effects.where('state').notEqual('done').count()).toBe(0)
})

function explains({ reason, detail }: StoredEffect): boolean {
  return reason !== null && Boolean(detail)
}

async function save(type: EffectType): Promise<void> {
  const planned = { effect: sampleEffect(type), dueAt: NOW_MS }
  await saveResult(db, { attempt: sampleAttempt(1), effects: [planned], now: NOW_MS })
}

async function effect(): Promise<StoredEffect> {
  const [stored] = await db.effects.toArray()
  if (stored === undefined) throw new Error('nothing was saved')
  return stored
}

type World = ReturnType<typeof createWorld>

/** The portal, the relay, the clock, and a delivery that can be killed and started anew. */
function createWorld(wayIn: WayIn) {
  let nowMs = NOW_MS
  const now = () => nowMs
  const portal = new ScriptedPortal()
  portal.items.set('1:12', { id: 12 })
  const relay = createRelay()
  const { client } = scriptedClient(portal, 60_000, WAYS_IN[wayIn])
  const portalCarrier = createPortalCarrier({ client: async () => client, describeRecord: String })
  let isKilled = false
  const carriers = [portalCarrier, relay.carrier].map(
    (carrier): Carrier => ({
      ...carrier,
      async deliver(effects) {
        const outcomes = await carrier.deliver(effects)
        // A killed browser never gets to know; its promise hangs.
        return isKilled ? new Promise(() => {}) : outcomes
      },
    }),
  )
  const start = () => createDelivery({ db, carriers, now, onChange() {}, random: () => 1 })
  let delivery = start()

  function countOf(type: EffectType): number {
    switch (type) {
      case 'call_record':
        return portal.activities.filter(({ TYPE_ID }) => TYPE_ID === '2').length
      case 'todo':
        return portal.activities.filter(({ PROVIDER_ID }) => PROVIDER_ID === 'CRM_TODO').length
      case 'todo_done':
        return portal.todosDone.length
      case 'comment':
        return portal.comments.length
      case 'notification':
        return portal.notifications.length
      case 'fields':
        return portal.items.get('1:12')?.stageId === 'IN_PROCESS' ? 1 : 0
      case 'sms':
      case 'mail':
      case 'stop_list':
        return relay.messages.size
    }
  }

  function fail(type: EffectType, fault: FaultName): void {
    const kind = faultOf(fault)
    if (destinationOf(type) === 'relay') relay.faults = [kind]
    // Before a notification without a tag the portal is asked whether it is there.
    else portal.faults = isAtMostOnce(type, wayIn) ? [null, kind] : [kind]
    if (isAtMostOnce(type, wayIn) && fault === 'before it is sent') portal.isAway = true
  }

  return {
    portal,
    countOf,
    fail,
    heal() {
      portal.faults = []
      portal.isAway = false
      relay.faults = []
    },
    /** One drain; a killed one is left hanging and a new delivery takes its place. */
    async drainOnce(kill: boolean) {
      isKilled = kill
      const drained = delivery.drain({ reason: 'saved' })
      if (!kill) return drained
      while (portal.requests.length + relay.requests === 0) await tick()
      for (let n = 0; n < 20; n += 1) await tick()
      expect((await effect()).state).toBe('sending')
      isKilled = false
      delivery = start()
    },
    /** Lets time pass from one due effect to the next until nothing is on its way. */
    async drainUntilQuiet() {
      for (let n = 0; n < 30; n += 1) {
        await delivery.drain({ reason: 'alarm' })
        const dueAt = await delivery.nextDueAt()
        if (dueAt === null) return
        nowMs = Math.max(nowMs, dueAt)
      }
      throw new Error('deliveries never come to rest')
    },
    retry: (effectId: string) => delivery.retry(effectId),
  }
}

function faultOf(fault: FaultName): Fault {
  switch (fault) {
    case 'before it is sent':
    case 'killed while sending, before it arrived':
      return 'unreachable'
    case 'after it took effect, the answer lost':
    case 'killed while sending, after it took effect':
      return 'answer_lost'
    case 'repeated by the browser itself':
      return 'repeated'
    case 'limit':
      return 'limit'
    case 'refused':
      return 'refuse_writes'
  }
}

/** A relay that knows a repeated Idempotency-Key, so that repeating needs no look-up. */
function createRelay() {
  const messages = new Map<string, string>()
  const relay = { messages, faults: [] as Fault[], requests: 0, carrier: carrierOf() }
  return relay

  function carrierOf(): Carrier {
    return {
      types: ['sms', 'mail', 'stop_list'],
      async deliver(effects) {
        relay.requests += 1
        const fault = relay.faults.shift()
        return new Map(effects.map(({ id }) => [id, take(id, fault)] as const))
      },
      async find(effects) {
        return new Map(effects.map(({ id }) => [id, { kind: 'absent' }] as const))
      },
    }
  }

  function take(id: string, fault: Fault | undefined) {
    if (fault === 'limit') return { kind: 'retry', reason: 'limit', detail: 'busy' } as const
    if (fault === 'refuse_writes') {
      return { kind: 'refused', reason: 'forbidden', detail: 'on the suppression list' } as const
    }
    if (fault !== 'unreachable') messages.set(id, messages.get(id) ?? `m${messages.size + 1}`)
    if (fault !== undefined) return { kind: 'unknown', reason: 'away', detail: 'gone' } as const
    const remoteId = messages.get(id) ?? null
    return { kind: 'done', remoteId, message: 'queued', detail: null } as const
  }
}

function tick(): Promise<void> {
  return new Promise((done) => setTimeout(done))
}
