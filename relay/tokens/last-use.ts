import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

const FLUSH_MS = 60_000

/** Remembers when tokens were used; one write a minute for all of them, not one a request. */
export interface LastUse {
  note(tokenId: string): void
  /** Writes what is remembered. Of several relays the latest use wins. */
  flush(): Promise<void>
  close(): Promise<void>
}

export function createLastUse(
  db: Kysely<Database>,
  onError: (error: unknown) => void = () => {},
): LastUse {
  const used = new Map<string, Date>()

  async function flush(): Promise<void> {
    if (used.size === 0) return
    // In order of id, as other relays do it: so none waits for another in a circle.
    const entries = [...used].sort(([a], [b]) => (a < b ? -1 : 1))
    used.clear()
    await sql`update token set last_used_at = greatest(last_used_at, used.at)
      from unnest(${entries.map(([id]) => id)}::text[],
                  ${entries.map(([, at]) => at.toISOString())}::timestamptz[]) as used (id, at)
      where token.id = used.id`.execute(db)
  }
  const flushSafely = () => flush().catch(onError)
  const timer = setInterval(flushSafely, FLUSH_MS)
  timer.unref()

  return {
    note: (tokenId) => used.set(tokenId, new Date()),
    flush,
    async close() {
      clearInterval(timer)
      await flushSafely()
    },
  }
}
