import { browser } from 'wxt/browser'
import { type BitrixClient, createBitrixClient } from '../../lib/bitrix24/client.ts'
import { createLimiter, type LimiterStore } from '../../lib/bitrix24/limiter.ts'

const BUCKET = 'portalBucket'

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * The portal's client for one webhook. The rate bucket outlives the worker's sleep: it is kept
 * for the session, else each waking would believe the bucket empty.
 */
export function portalClient(webhook: string): BitrixClient {
  return createBitrixClient({
    webhook,
    fetch: (...request) => fetch(...request),
    now: Date.now,
    limiter: createLimiter({ store: sessionStore(), now: Date.now, sleep }),
  })
}

function sessionStore(): LimiterStore {
  let queue: Promise<void> = Promise.resolve()
  return {
    update(change) {
      // Only the background talks to the portal, so its own queue makes updates atomic.
      queue = queue.then(async () => {
        const stored = (await browser.storage.session.get(BUCKET))[BUCKET]
        await browser.storage.session.set({ [BUCKET]: change(stored) })
      })
      return queue
    },
  }
}
