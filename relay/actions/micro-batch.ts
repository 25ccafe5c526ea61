/** What one caller waits for: its items, and how it is told. */
interface Waiting<Item, Answer> {
  items: readonly Item[]
  resolve(answers: Answer[]): void
  reject(error: unknown): void
}

export interface MicroBatchOptions<Item, Answer> {
  /** Writes all items at once; answers each, in their order. */
  write(items: readonly Item[]): Promise<Answer[]>
  /** Whether an error may be one item's fault: then each caller's items are written by themselves. */
  isOfOneItem(error: unknown): boolean
  /** A write takes callers until it has so many items. */
  batchItems: number
  /** So many items may wait; callers beyond that are turned away. */
  waitingItems: number
}

export interface MicroBatch<Item, Answer> {
  /** Null when too much waits already: nothing was taken. */
  add(items: readonly Item[]): Promise<Answer[]> | null
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>
}

/**
 * Lets callers that wait at the same time share one write (one transaction): while one is under
 * way, the next gathers. A caller's items stay together.
 */
export function createMicroBatch<Item, Answer>(
  options: MicroBatchOptions<Item, Answer>,
): MicroBatch<Item, Answer> {
  const { batchItems, waitingItems } = options
  const waiting: Waiting<Item, Answer>[] = []
  let count = 0
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    // A turn of the event loop later the requests that came in together are all here.
    await new Promise((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = takeBatch()
      await writeTogether(batch)
      count -= itemsOf(batch)
    }
    running = null
  }

  function takeBatch(): Waiting<Item, Answer>[] {
    let size = 0
    const end = waiting.findIndex(({ items }) => {
      size += items.length
      return size > batchItems
    })
    return waiting.splice(0, end === -1 ? waiting.length : Math.max(end, 1))
  }

  async function writeTogether(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await options.write(batch.flatMap(({ items }) => items))
      let from = 0
      for (const { items, resolve } of batch) {
        resolve(answers.slice(from, from + items.length))
        from += items.length
      }
    } catch (error) {
      if (batch.length === 1 || !options.isOfOneItem(error)) {
        for (const { reject } of batch) reject(error)
        return
      }
      for (const one of batch) await writeTogether([one])
    }
  }

  return {
    add(items) {
      if (count + items.length > waitingItems) return null
      count += items.length
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject })
        running ??= run()
      })
    },
    async idle() {
      await running
    },
  }
}

function itemsOf(batch: readonly { items: readonly unknown[] }[]): number {
  return batch.reduce((sum, { items }) => sum + items.length, 0)
}
