import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import { type LimiterStore, memoryStore, serialStore } from './limiter-store.ts'

function limiterOver(store: LimiterStore = memoryStore()) {
  let nowMs = 1_000_000
  const waits: number[] = []
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      waits.push(ms)
      nowMs += ms
    },
  }
  const limiter = createLimiter({ store, ...clock, capacity: 4, drainPerSecond: 2, reserve: 2 })
  return { limiter, waits, pass: (ms: number) => (nowMs += ms) }
}

describe('the limiter', () => {
  it('lets a bucketful through at once, then two a second', async () => {
    const { limiter, waits } = limiterOver()
    for (let n = 0; n < 6; n += 1) await limiter.admit(['m'], 'interactive')
    expect(waits).toEqual([500, 500])
  })

  it('leaves room for people when background work fills the bucket', async () => {
    const { limiter, waits } = limiterOver()
    for (let n = 0; n < 3; n += 1) await limiter.admit(['m'], 'background')
    expect(waits).toEqual([500])
    await limiter.admit(['m'], 'interactive')
    expect(waits).toEqual([500])
  })

  it('keeps the bucket for the next context that opens the same store', async () => {
    const store = memoryStore()
    for (let n = 0; n < 4; n += 1) await limiterOver(store).limiter.admit(['m'], 'interactive')
    const { limiter, waits } = limiterOver(store)
    await limiter.admit(['m'], 'interactive')
    expect(waits).toEqual([500])
  })

  it('loses no place in the bucket when a slow store is asked by many at once', async () => {
    let stored: unknown = null
    const area = {
      read: async () => stored,
      write: async (state: unknown) => {
        await Promise.resolve()
        stored = state
      },
    }
    const { limiter } = limiterOver(serialStore(area))
    await Promise.all([1, 2, 3].map(() => limiter.admit(['m'], 'interactive')))
    expect(stored).toMatchObject({ level: 3 })
  })

  it('goes on after a store that failed once', async () => {
    let isBroken = true
    const store = serialStore({
      read: async () => null,
      write: async () => {
        if (isBroken) throw new Error('quota')
      },
    })
    await expect(store.update(() => 1)).rejects.toThrow('quota')
    isBroken = false
    await expect(store.update(() => 1)).resolves.toBeUndefined()
  })

  it('begins anew when what is stored is unreadable', async () => {
    const broken: LimiterStore = {
      update: async (change) => {
        change({ level: 'much' })
      },
    }
    const { limiter } = limiterOver(broken)
    expect(await limiter.admit(['m'], 'background')).toEqual({ ok: true })
  })

  it('waits after Bitrix24 has said that the bucket is full', async () => {
    const { limiter, waits } = limiterOver()
    await limiter.noteLimit()
    await limiter.admit(['m'], 'interactive')
    expect(waits).toEqual([500])
  })

  it('answers «limit» instead of waiting for minutes', async () => {
    const limiter = createLimiter({
      store: memoryStore(),
      now: () => 0,
      sleep: async () => {},
      capacity: 1,
      drainPerSecond: 0.01,
    })
    await limiter.admit(['m'], 'interactive')
    expect(await limiter.admit(['m'], 'interactive')).toMatchObject({ ok: false, reason: 'limit' })
  })

  it('rests a blocked method, and only that one, until it is free', async () => {
    const { limiter, pass } = limiterOver()
    const freeAtMs = await limiter.noteBlocked('slow')
    expect(await limiter.admit(['fast'], 'interactive')).toEqual({ ok: true })
    expect(await limiter.admit(['fast', 'slow'], 'interactive')).toEqual({
      ok: false,
      reason: 'operating_limit',
      freeAtMs,
    })
    pass(60_000)
    expect(await limiter.admit(['slow'], 'interactive')).toEqual({ ok: true })
  })
})
