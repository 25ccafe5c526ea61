import { browser } from 'wxt/browser'
import { type BitrixClient, createBitrixClient } from '../../lib/bitrix24/client.ts'
import { createLimiter } from '../../lib/bitrix24/limiter.ts'
import { serialStore } from '../../lib/bitrix24/limiter-store.ts'

const BUCKET = 'portalBucket'

const store = serialStore({
  read: async () => (await browser.storage.session.get(BUCKET))[BUCKET],
  write: (value) => browser.storage.session.set({ [BUCKET]: value }),
})
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
    limiter: createLimiter({ store, now: Date.now, sleep }),
  })
}
