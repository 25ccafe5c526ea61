import { browser } from 'wxt/browser'
import type { Authorisation } from '../../lib/bitrix24/authorisation.ts'
import {
  type BitrixClient,
  type ClientOptions,
  createBitrixClient,
} from '../../lib/bitrix24/client.ts'
import { createLimiter } from '../../lib/bitrix24/limiter.ts'
import { serialStore } from '../../lib/bitrix24/limiter-store.ts'

const BUCKET = 'portalBucket'

const store = serialStore({
  read: async () => (await browser.storage.session.get(BUCKET))[BUCKET],
  write: (value) => browser.storage.session.set({ [BUCKET]: value }),
})
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * The portal's client. The rate bucket outlives the worker's sleep: it is kept for the session,
 * else each waking would believe the bucket empty.
 */
export function portalClient(
  authorisation: Authorisation,
  onAnswer: NonNullable<ClientOptions['onAnswer']> = () => {},
): BitrixClient {
  return createBitrixClient({
    authorisation,
    fetch: (...request) => fetch(...request),
    now: Date.now,
    limiter: createLimiter({ store, now: Date.now, sleep }),
    onAnswer,
  })
}
