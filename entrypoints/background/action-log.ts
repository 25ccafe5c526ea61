import { browser } from 'wxt/browser'
import type { Action, ActionEvent } from '../../lib/contracts/relay-actions.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import { addActions, boundActions, deliverActions } from '../../lib/outbox/actions.ts'
import type { Outbox } from '../../lib/outbox/database.ts'
import type { Desk } from './world.ts'

/** So long others may join before a request goes out. */
const GATHER_MS = 2_000

export interface ActionLog {
  /** Without a relay nothing is collected: there is nobody to read it. */
  isOn(): boolean
  /** Notes what nothing else is saved with; what is, goes into the same transaction with it. */
  note(
    event: ActionEvent,
    about?: Partial<Pick<Action, 'campaign' | 'card' | 'attemptId' | 'by'>>,
  ): void
  /** Something was put into the outbox. */
  wake(): void
}

/** Collects actions and takes them to the relay in the background: soon, by alarm, and on waking. */
export function serveActionLog(
  desk: Desk,
  ready: Promise<void>,
  db: Outbox,
  relay: () => RelayClient | null,
): ActionLog {
  let isWaiting = false
  let isRunning = false

  async function deliver(): Promise<void> {
    await ready
    const client = relay()
    // What was noted for a relay that is no longer set up waits for the next one.
    if (!client) return
    const isEmpty = await deliverActions({
      db,
      now: Date.now,
      async post(request) {
        const answer = await client.actions(request)
        if (answer.ok) return answer
        return { ok: false, reason: answer.reason.reason === 'invalid' ? 'refused' : 'away' }
      },
      onRefused: (refusals) => console.error('the relay refused actions', refusals),
    })
    if (!isEmpty) await boundActions(db, Date.now())
  }

  function run(): void {
    if (isRunning) return
    isRunning = true
    void deliver()
      .catch((error: unknown) => console.error('actions not delivered', error))
      .finally(() => {
        isRunning = false
      })
  }

  function wake(): void {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      run()
    }, GATHER_MS)
  }

  browser.alarms.onAlarm.addListener(run)
  self.addEventListener('online', run)
  void ready.then(run)

  return {
    isOn: () => desk.world.settings.relay !== null,
    wake,
    note(event, about = {}) {
      if (desk.world.settings.relay === null) return
      const action: Action = {
        id: crypto.randomUUID(),
        at: new Date().toISOString(),
        by: 'person',
        ...{ campaign: null, card: null, attemptId: null, personal: null },
        ...about,
        event,
      }
      void addActions(db, [action]).then(wake, (error: unknown) =>
        console.error('action not noted', error),
      )
    },
  }
}
