import { describe, expect, it } from 'vitest'
import { createMicroBatch } from './micro-batch.ts'

/** Writes when told to, and remembers what was written together. */
function bench(change: Partial<{ batchItems: number; waitingItems: number }> = {}) {
  const written: string[][] = []
  const poison = new Set<string>()
  let gate = Promise.resolve()
  const batch = createMicroBatch<string, string>({
    async write(items) {
      written.push([...items])
      await gate
      const bad = items.find((item) => poison.has(item))
      if (bad) throw new Error(bad)
      return items.map((item) => `${item}!`)
    },
    isOfOneItem: (error) => error instanceof Error && error.message.startsWith('bad'),
    batchItems: 3,
    waitingItems: 100,
    ...change,
  })
  const close = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    return resolve
  }
  return { batch, written, poison, close }
}

describe('callers that wait at the same time', () => {
  it('share a write, and each gets the answers of its own items', async () => {
    const { batch, written } = bench()
    expect(await Promise.all([batch.add(['a', 'b']), batch.add(['c'])])).toEqual([
      ['a!', 'b!'],
      ['c!'],
    ])
    expect(written).toEqual([['a', 'b', 'c']])
  })

  it('gather while a write is under way; a caller’s items are never parted', async () => {
    const { batch, written, close } = bench()
    const open = close()
    const first = batch.add(['a'])
    await expect.poll(() => written.length).toBe(1)
    const rest = [batch.add(['b', 'c']), batch.add(['d', 'e']), batch.add(['f', 'g', 'h', 'i'])]
    open()
    await Promise.all([first, ...rest])
    expect(written).toEqual([['a'], ['b', 'c'], ['d', 'e'], ['f', 'g', 'h', 'i']])
  })

  it('are turned away when too much waits, and taken again when there is room', async () => {
    const { batch, close } = bench({ waitingItems: 2 })
    const open = close()
    const taken = batch.add(['a', 'b'])
    expect(batch.add(['c'])).toBeNull()
    open()
    await taken
    await batch.idle()
    expect(await batch.add(['c'])).toEqual(['c!'])
  })

  it('don’t suffer from what only one of them brought', async () => {
    const { batch, poison } = bench()
    poison.add('bad')
    const settled = await Promise.allSettled([
      batch.add(['a']),
      batch.add(['bad']),
      batch.add(['c']),
    ])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('all hear of a trouble that is nobody’s', async () => {
    const { batch, poison, written } = bench()
    poison.add('database away')
    const settled = await Promise.allSettled([batch.add(['a']), batch.add(['database away'])])
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(written).toHaveLength(1)
  })
})
