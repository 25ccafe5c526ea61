import { browser } from 'wxt/browser'
import type { BitrixClient } from '../../lib/bitrix24/client.ts'
import { createPortalCarrier } from '../../lib/bitrix24/portal-carrier.ts'
import { answer } from '../../lib/extension/answer.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import { createDelivery, type DrainReason } from '../../lib/outbox/delivery.ts'
import { countUndelivered, ledgerOf } from '../../lib/outbox/ledger.ts'
import { trackMessages } from '../../lib/outbox/messages.ts'
import { formatRecord } from '../../lib/outcomes/record-text.ts'
import { createRelayCarrier } from './relay-carrier.ts'
import type { Desk } from './world.ts'

const ALARM = 'deliver'
/** Browsers grant no shorter period. */
const ALARM_MINUTES = 0.5
/** How often the relay is asked for the fate of messages while the worker is awake anyway. */
const TRACK_EVERY_MS = 1_500
/** The worker sleeps after 30 s without events; beyond that the alarm takes over. */
const AWAKE_MS = 25_000

export interface Deliveries {
  drain(reason: DrainReason): void
}

/** Takes effects from the outbox to the portal and the relay: at once, by alarm, and on waking. */
export function serveDeliveries(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  portal: () => BitrixClient | null,
  relay: () => RelayClient | null,
): Deliveries {
  const delivery = createDelivery({
    db,
    carriers: [
      createPortalCarrier({ client: async () => portal(), describeRecord: formatRecord }),
      createRelayCarrier(relay),
    ],
    now: Date.now,
    onChange: () => void showLedgers(),
    onError: (error) => console.error('delivery failed', error),
  })
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(reason: DrainReason): Promise<void> {
    await ready
    await delivery.drain({ reason })
    const open = await track()
    const next = await delivery.nextDueAt()
    await showLedgers()
    const waitMs = Math.min(
      next === null ? Infinity : next - Date.now(),
      open ? TRACK_EVERY_MS : Infinity,
    )
    clearTimeout(timer)
    if (waitMs < AWAKE_MS) timer = setTimeout(() => void run('alarm'), Math.max(waitMs, 100))
  }

  /** Whether messages are still on their way. */
  async function track(): Promise<boolean> {
    const client = relay()
    if (!client) return false
    const { open } = await trackMessages({
      db,
      now: Date.now,
      async ask(id) {
        const answer = await client.message(id)
        if (answer.ok) return { ok: true, value: answer.value }
        return { ok: false, reason: answer.reason.reason === 'not_found' ? 'not_found' : 'away' }
      },
    })
    return open > 0
  }

  async function showLedgers(): Promise<void> {
    const undelivered = await countUndelivered(db)
    const shown = await Promise.all(
      [...desk.world.ledgers].map(async ([key, { attempt }]) => {
        return [key, await ledgerOf(db, attempt.attemptId)] as const
      }),
    )
    desk.change((world) => {
      world.undelivered = undelivered
      for (const [key, ledger] of shown) {
        // A new attempt may have begun meanwhile; its card shows no ledger.
        if (ledger && world.ledgers.has(key)) world.ledgers.set(key, ledger)
      }
    })
  }

  answer('effect.retry', async ({ effectId }) => {
    await ready
    await delivery.retry(effectId)
    void run('operator')
    return { ok: true, value: null }
  })

  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void run('alarm')
  })
  // Made anew if it is missing: browsers may drop alarms at an update.
  void browser.alarms.get(ALARM).then((alarm) => {
    if (!alarm) void browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES })
  })
  self.addEventListener('online', () => void run('online'))

  return { drain: (reason) => void run(reason) }
}
