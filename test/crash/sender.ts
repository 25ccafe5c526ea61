import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Action } from '../../lib/contracts/relay-actions.ts'
import { actionClient, actionFixture } from '../support/action-fixture.ts'

/** A client as the extension is: makes actions, sends them again until they are acknowledged. */
export interface Sender {
  /** Ids of what was acknowledged, each as often as it was. */
  readonly acknowledged: string[]
  /** Ids of all that was ever made. */
  readonly made: string[]
  /** Makes nothing new, sends what is left until it is acknowledged, and ends. */
  finish(): Promise<void>
}

const PAUSE_MS = 20
/** Beyond that nothing is made, so that a long fall of the servers has an end afterwards. */
const MOST_WAITING = 300

/**
 * Starts to send. `relays` tells the addresses of the moment; each try goes to another of them,
 * so that the same action comes in by several relays. Some of what was acknowledged is sent once
 * more, as if the acknowledgement had not arrived.
 */
export function startSender(relays: () => readonly string[], token: string): Sender {
  const acknowledged: string[] = []
  const made: string[] = []
  let waiting: Action[] = []
  let isFinishing = false
  let turn = 0

  async function run(): Promise<void> {
    while (!isFinishing || waiting.length > 0) {
      if (!isFinishing && waiting.length < MOST_WAITING) makeSome()
      await trySend()
    }
  }

  function makeSome(): void {
    const count = 1 + (turn % 7)
    for (let n = 0; n < count; n++) {
      const personal = { phone: '+380501234567', email: null, text: randomUUID() }
      const action = actionFixture({ at: new Date().toISOString(), personal })
      made.push(action.id)
      waiting.push(action)
    }
  }

  async function trySend(): Promise<void> {
    turn++
    const addresses = relays()
    const address = addresses[turn % Math.max(1, addresses.length)]
    const sent = waiting.slice(0, 100)
    const isTaken = address !== undefined && (await post(address, sent))
    if (!isTaken) return void (await sleep(PAUSE_MS))
    acknowledged.push(...sent.map(({ id }) => id))
    // Every fifth time the acknowledgement is «lost».
    if (turn % 5 !== 0 || isFinishing) waiting = waiting.slice(sent.length)
  }

  async function post(address: string, actions: readonly Action[]): Promise<boolean> {
    try {
      const answer = await actionClient(address, token).post(actions)
      if (!answer.ok) return false
      const { kept, refused } = (await answer.json()) as { kept: number; refused: unknown[] }
      if (kept !== actions.length) throw new Refused(JSON.stringify(refused))
      return true
    } catch (error) {
      if (error instanceof Refused) throw error
      return false
    }
  }

  const running = run()
  return {
    acknowledged,
    made,
    async finish() {
      isFinishing = true
      await running
    },
  }
}

class Refused extends Error {}
