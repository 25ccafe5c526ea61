import type { Authorisation } from './authorisation.ts'
import { createBitrixClient } from './client.ts'
import { createLimiter } from './limiter.ts'
import { memoryStore } from './limiter-store.ts'
import { NOW_MS, type ScriptedPortal, WEBHOOK } from './scripted-portal.fixture.ts'

/** A client of a scripted portal whose clock is moved only by its own waiting. */
export function scriptedClient(
  portal: Pick<ScriptedPortal, 'fetch'>,
  timeoutMs = 60_000,
  authorisation: Authorisation = { by: 'webhook', webhook: WEBHOOK },
) {
  let nowMs = NOW_MS
  const waits: number[] = []
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      waits.push(ms)
      nowMs += ms
    },
  }
  const limiter = createLimiter({ ...clock, store: memoryStore() })
  const client = createBitrixClient({
    authorisation,
    fetch: portal.fetch as typeof fetch,
    limiter,
    random: () => 1,
    timeoutMs,
    ...clock,
  })
  return { client, limiter, waits, ...clock }
}
