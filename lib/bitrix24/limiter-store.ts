/**
 * Keeps the limiter's bucket between restarts. `update` must be atomic among all who share the
 * store; what was stored comes back as `unknown` and is checked by the limiter.
 */
export interface LimiterStore {
  update(change: (stored: unknown) => unknown): Promise<void>
}

/** A bucket for one process that lives on: the relay, tests. */
export function memoryStore(): LimiterStore {
  let stored: unknown = null
  return {
    async update(change) {
      stored = change(stored)
    },
  }
}

/**
 * A bucket in a store that only reads and writes, such as `storage.session`: updates of this
 * context follow one another. Contexts that share one address share the bucket as well as their
 * store allows; where two meet, Bitrix24's own «too many» has the last word.
 */
export function serialStore(area: {
  read(): Promise<unknown>
  write(state: unknown): Promise<void>
}): LimiterStore {
  let last: Promise<void> = Promise.resolve()
  return {
    update(change) {
      const next = last.then(async () => area.write(change(await area.read())))
      last = next.catch(() => {})
      return next
    },
  }
}
