import { z } from 'zod'
import type { LimiterStore } from './limiter-store.ts'

/** `interactive`: a person waits for it. `background`: the outbox, look-ups. */
export type Priority = 'interactive' | 'background'

const State = z.object({
  /** Requests in the bucket at `atMs`. */
  level: z.number().nonnegative(),
  atMs: z.number(),
  /** Accumulated seconds of execution by method, and when they begin to drop out (epoch ms). */
  operating: z.record(z.string(), z.object({ seconds: z.number(), resetAtMs: z.number() })),
})
type State = z.infer<typeof State>

export interface LimiterOptions {
  store: LimiterStore
  /** Epoch milliseconds. */
  now(): number
  sleep(ms: number): Promise<void>
  /** Bitrix24's bucket: 50 requests, 2 a second drain; Enterprise 250 and 5 (docs: limits). */
  capacity?: number
  drainPerSecond?: number
  /** Requests that background work leaves for people. */
  reserve?: number
  /** Nobody waits longer than this; the request is then answered `limit`. */
  maxWaitMs?: number
}

/** A method is left alone from here on; Bitrix24 blocks it at about 480 s (docs: limits). */
const OPERATING_PAUSE_SECONDS = 400

/** How long a method rests when Bitrix24 blocked it without telling until when. */
const OPERATING_REST_MS = 60_000

export type Admission =
  | { ok: true }
  | { ok: false; reason: 'limit' | 'operating_limit'; freeAtMs: number }

export type Limiter = ReturnType<typeof createLimiter>

/** Spaces requests out so that the portal's limits are kept; 50 operators may share an address. */
export function createLimiter(options: LimiterOptions) {
  const { store, now, sleep, capacity = 50, drainPerSecond = 2 } = options
  const { reserve = 10, maxWaitMs = 20_000 } = options
  let interactiveWaiting = 0

  function read(stored: unknown): State {
    const parsed = State.safeParse(stored)
    const state = parsed.success ? parsed.data : { level: 0, atMs: now(), operating: {} }
    const elapsedMs = Math.max(0, now() - state.atMs)
    return {
      level: Math.max(0, state.level - (elapsedMs / 1000) * drainPerSecond),
      atMs: now(),
      operating: state.operating,
    }
  }

  /** Takes a place in the bucket, or tells in how many milliseconds to ask again. */
  async function take(priority: Priority): Promise<number> {
    let waitMs = 0
    await store.update((stored) => {
      const state = read(stored)
      const room = priority === 'interactive' ? capacity : capacity - reserve
      const excess = state.level + 1 - room
      if (priority === 'background' && interactiveWaiting > 0) waitMs = 1000 / drainPerSecond
      else if (excess > 0) waitMs = Math.ceil((excess / drainPerSecond) * 1000)
      else state.level += 1
      return state
    })
    return waitMs
  }

  async function pausedUntil(methods: readonly string[]): Promise<number | null> {
    let until: number | null = null
    await store.update((stored) => {
      const state = read(stored)
      for (const method of methods) {
        const entry = state.operating[method]
        if (entry === undefined || entry.seconds < OPERATING_PAUSE_SECONDS) continue
        if (entry.resetAtMs > now()) until = Math.max(until ?? 0, entry.resetAtMs)
      }
      return state
    })
    return until
  }

  return {
    /** Waits for a place for one request that calls `methods`. */
    async admit(methods: readonly string[], priority: Priority): Promise<Admission> {
      const freeAtMs = await pausedUntil(methods)
      if (freeAtMs !== null) return { ok: false, reason: 'operating_limit', freeAtMs }
      const deadline = now() + maxWaitMs
      if (priority === 'interactive') interactiveWaiting += 1
      try {
        for (;;) {
          const waitMs = await take(priority)
          if (waitMs === 0) return { ok: true }
          if (now() + waitMs > deadline) {
            return { ok: false, reason: 'limit', freeAtMs: now() + waitMs }
          }
          await sleep(waitMs)
        }
      } finally {
        if (priority === 'interactive') interactiveWaiting -= 1
      }
    },

    /** Bitrix24 said «too many»: others behind our address have filled the bucket. */
    async noteLimit(): Promise<void> {
      await store.update((stored) => ({ ...read(stored), level: capacity }))
    },

    /** What an answer tells of a method's accumulated execution time. */
    async noteOperating(method: string, seconds: number, resetAtMs: number): Promise<void> {
      await store.update((stored) => {
        const state = read(stored)
        return { ...state, operating: { ...state.operating, [method]: { seconds, resetAtMs } } }
      })
    },

    /** Bitrix24 blocked a method; answers when it may be tried again. */
    async noteBlocked(method: string): Promise<number> {
      let resetAtMs = now() + OPERATING_REST_MS
      await store.update((stored) => {
        const state = read(stored)
        resetAtMs = Math.max(resetAtMs, state.operating[method]?.resetAtMs ?? 0)
        const entry = { seconds: Number.MAX_SAFE_INTEGER, resetAtMs }
        return { ...state, operating: { ...state.operating, [method]: entry } }
      })
      return resetAtMs
    },
  }
}
