import { once } from 'node:events'
import type { MessageState } from '../../lib/contracts/effect.ts'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'
import type { MessageStore } from './message-store.ts'

export interface Wait {
  store: MessageStore
  id: string
  personId: string
  since: MessageState | undefined
  waitMs: number
  signal: AbortSignal
}

/** Another relay process may change a message without our hearing of it, so we also look. */
const LOOK_EVERY_MS = 1_000

/** The message as soon as its state is not `since`, or as it stands when the time is up. */
export async function waitForChange(wait: Wait): Promise<RelayMessage | null> {
  const { store, id, personId, signal } = wait
  const deadline = Date.now() + wait.waitMs
  let since = wait.since
  for (;;) {
    // Listening starts before looking: a change in between must not be slept through.
    const pause = new AbortController()
    const restMs = Math.min(LOOK_EVERY_MS, Math.max(0, deadline - Date.now()))
    const change = once(store.changes, id, {
      signal: AbortSignal.any([signal, pause.signal, AbortSignal.timeout(restMs)]),
    }).catch(() => {})
    const message = await store.find(id, personId)
    since ??= message?.state
    if (!message || message.state !== since || Date.now() >= deadline || signal.aborted) {
      pause.abort()
      await change
      return message
    }
    await change
  }
}
