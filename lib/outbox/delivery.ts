import type { Result } from '../contracts/common.ts'
import type { Carrier, DeliveryOutcome, Found } from '../contracts/delivery.ts'
import type { DeliveryReason, StoredEffect } from '../contracts/effect.ts'
import type { Outbox } from './database.ts'
import { dueAtOf, type Lane, lanesOf } from './lanes.ts'
import {
  afterDelivery,
  afterLookUp,
  type Change,
  foundSending,
  postponed,
  type StepContext,
  startSending,
} from './transitions.ts'

export type DrainReason = 'start' | 'saved' | 'alarm' | 'online' | 'settings' | 'operator'

export interface DeliveryOptions {
  db: Outbox
  /** At most one for each type of effect. */
  carriers: readonly Carrier[]
  /** Epoch milliseconds. */
  now(): number
  /** Something that people see has changed. */
  onChange(): void
  /** A carrier threw: a bug. Its effects are in doubt and nothing is lost. */
  onError?(error: unknown): void
  /** Uniform in [0, 1), for the jitter. */
  random?(): number
  /** How long after an unanswered request its effects are looked up at the earliest. */
  settleMs?: number
}

export type Delivery = ReturnType<typeof createDelivery>

/** There is hope that these have just gone away, so their back-off is cut short. */
const HURRIED: ReadonlySet<DrainReason> = new Set(['online', 'settings', 'operator'])
const CURED: ReadonlySet<DeliveryReason | null> = new Set([
  'away',
  'unauthorized',
  'access_ended',
  'forbidden',
  'not_configured',
])

/** These say something about the destination, not about one effect: others needn't try. */
const STOPS_ALL: ReadonlySet<DeliveryReason | null> = new Set([
  'away',
  'limit',
  'unauthorized',
  'access_ended',
])

interface Pass {
  isHurried: boolean
  /** Effects that moved in this pass; a back-off that began in it is not cut short. */
  moved: Set<string>
  stopped: Map<Carrier, { reason: DeliveryReason; detail: string; until: number }>
}

/**
 * Delivers what is in the outbox, each effect once (docs/adr/0006). There must be one delivery
 * for a database: it takes what it finds `sending` at its start for a remnant of a dead one.
 */
export function createDelivery(options: DeliveryOptions) {
  const { db, carriers, now, onChange } = options
  const { onError = console.error, random = Math.random, settleMs = 5000 } = options
  let running: Promise<void> | null = null
  let wanted: DrainReason[] = []
  let isAdopted = false

  /** Delivers all that is due. Asked for while it runs, it runs once more afterwards. */
  function drain({ reason }: { reason: DrainReason }): Promise<void> {
    wanted.push(reason)
    running ??= runWanted()
    return running
  }

  async function runWanted(): Promise<void> {
    try {
      while (wanted.length > 0) {
        const isHurried = wanted.some((reason) => HURRIED.has(reason))
        wanted = []
        await runPass({ isHurried, moved: new Set(), stopped: new Map() })
      }
    } finally {
      running = null
    }
  }

  async function runPass(pass: Pass): Promise<void> {
    if (!isAdopted) await adoptOrphans()
    isAdopted = true
    for (;;) {
      const lane = (await lanes()).find((candidate) => movable(candidate, pass).length > 0)
      if (lane === undefined) break
      await step(lane, movable(lane, pass), pass)
    }
    await explain()
  }

  async function lanes(): Promise<Lane[]> {
    const pending = await db.effects.where('state').anyOf('waiting', 'sending', 'doubt').toArray()
    return lanesOf(pending, carriers)
  }

  async function adoptOrphans(): Promise<void> {
    const orphans = await db.effects.where('state').equals('sending').toArray()
    await change(orphans, foundSending)
  }

  /** What of a lane's head can move now: doubts first, for they may change what is to be sent. */
  function movable({ head }: Lane, pass: Pass): StoredEffect[] {
    const doubts = head.filter(({ state }) => state === 'doubt')
    return (doubts.length > 0 ? doubts : head).filter((stored) => isDue(stored, pass))
  }

  function isDue({ id, state, reason, dueAt, updatedAt }: StoredEffect, pass: Pass): boolean {
    if (dueAt <= now()) return true
    if (!pass.isHurried || pass.moved.has(id) || !CURED.has(reason)) return false
    return state === 'waiting' || updatedAt + settleMs <= now()
  }

  async function step(lane: Lane, effects: StoredEffect[], pass: Pass): Promise<void> {
    for (const { id } of effects) pass.moved.add(id)
    const { carrier } = lane
    if (carrier === null) {
      const absent = { kind: 'retry', reason: 'not_configured', detail: 'no carrier' } as const
      const tried = effects.map((stored) => ({ ...stored, tries: stored.tries + 1 }))
      await change(tried, (stored, context) => ({
        tries: stored.tries,
        ...afterDelivery(stored, absent, context),
      }))
      return
    }
    const stop = pass.stopped.get(carrier)
    if (stop !== undefined) {
      await change(effects, () => postponed(stop.reason, stop.detail, stop.until))
      return
    }
    const isDoubt = effects.some(({ state }) => state === 'doubt')
    const after = isDoubt ? await lookUp(carrier, effects) : await send(carrier, effects)
    const failed = after.find(({ state, reason }) => state !== 'refused' && STOPS_ALL.has(reason))
    if (failed?.reason && failed.dueAt > now()) {
      const { reason, detail, dueAt } = failed
      pass.stopped.set(carrier, { reason, detail: detail ?? reason, until: dueAt })
    }
  }

  async function send(carrier: Carrier, effects: StoredEffect[]): Promise<StoredEffect[]> {
    const sending = await change(effects, startSending)
    const outcomes = await attempt(() => carrier.deliver(sending))
    return change(sending, (stored, context) =>
      afterDelivery(stored, outcomes.get(stored.id) ?? NO_OUTCOME, context),
    )
  }

  async function lookUp(carrier: Carrier, effects: StoredEffect[]): Promise<StoredEffect[]> {
    const found = await attempt(() => carrier.find(effects))
    return change(effects, (stored, context) =>
      afterLookUp(stored, found.get(stored.id) ?? NOT_LOOKED_UP, context),
    )
  }

  async function attempt<T>(act: () => Promise<Map<string, T>>): Promise<Map<string, T>> {
    try {
      return await act()
    } catch (error) {
      onError(error)
      return new Map()
    }
  }

  async function change(
    effects: readonly StoredEffect[],
    changeOf: (stored: StoredEffect, context: StepContext) => Change,
  ): Promise<StoredEffect[]> {
    if (effects.length === 0) return []
    const context: StepContext = { now: now(), random, settleMs }
    const updates = effects.map((stored) => ({
      key: stored.id,
      changes: changeOf(stored, context),
    }))
    await db.effects.bulkUpdate(updates)
    onChange()
    return effects.map((stored, index) => ({ ...stored, ...updates[index]?.changes }))
  }

  /** Nothing waits in silence: what is held up by other effects says so. */
  async function explain(): Promise<void> {
    for (const { head, behind } of await lanes()) {
      const cause = head.find(({ reason }) => reason !== null)
      if (cause === undefined) continue
      const silent = [...head, ...behind].filter(
        ({ reason, dueAt }) => reason === null && dueAt <= now(),
      )
      await change(silent, () => ({ reason: cause.reason, detail: 'waits for an earlier write' }))
    }
  }

  return {
    drain,

    /** When `drain` has something to do next, epoch milliseconds; null = nothing is on its way. */
    async nextDueAt(): Promise<number | null> {
      const dueAts = (await lanes()).map(dueAtOf)
      return dueAts.length === 0 ? null : Math.min(...dueAts)
    },

    /** The operator wants an effect tried again, one that was refused or that waits too long. */
    async retry(effectId: string): Promise<Result<null, 'not_found' | 'done'>> {
      const stored = await db.effects.get(effectId)
      if (stored === undefined) return { ok: false, reason: 'not_found' }
      if (stored.state === 'done') return { ok: false, reason: 'done' }
      if (stored.state === 'refused') {
        await change([stored], (_, { now }) => ({ state: 'waiting', dueAt: now, updatedAt: now }))
      }
      await drain({ reason: 'operator' })
      return { ok: true, value: null }
    },
  }
}

const NO_OUTCOME: DeliveryOutcome = {
  kind: 'unknown',
  reason: 'server_error',
  detail: 'the carrier did not say what became of it',
}
const NOT_LOOKED_UP: Found = {
  kind: 'unanswered',
  reason: 'server_error',
  detail: 'the carrier did not say what it found',
}
