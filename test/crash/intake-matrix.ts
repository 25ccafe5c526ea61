import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CrashPoint } from '../../relay/crash-point.ts'
import { type Crew, gatherCrew, someMore } from './crew.ts'

/** Every step of taking actions in, where a relay may be killed. */
const STEPS: readonly [string, CrashPoint][] = [
  ['before they are handed to the database', 'actions.judged'],
  ['while the database commits them', 'actions.writing'],
  ['after the commit, before any answer', 'actions.committed'],
  ['in the middle of a batch’s answers', 'actions.answering'],
]

export interface MatrixOptions {
  /** How often each kill is repeated. */
  rounds: number
  clients: number
  /** False = without those kills that take longest and tell least. */
  isWhole: boolean
}

/**
 * The crash matrix of action intake: whatever is killed whenever, nothing that was acknowledged
 * is lost and nothing is there twice.
 */
export function intakeMatrix({ rounds, clients, isWhole }: MatrixOptions): void {
  describe('two relays on one database, clients that send to both until they are answered', () => {
    let crew: Crew

    beforeAll(async () => {
      crew = await gatherCrew()
    }, 120_000)

    afterAll(() => crew?.close(), 60_000)

    /** Lets clients work while something is done to the servers, then looks at what is there. */
    async function survive(harm: (progress: () => Promise<void>) => Promise<void>): Promise<void> {
      const senders = await crew.startSenders(clients)
      const progress = () => someMore(senders, 50)
      await progress()
      for (let round = 0; round < rounds; round++) {
        await harm(progress)
        await progress()
      }
      await Promise.all(senders.map((sender) => sender.finish()))
      const made = senders.flatMap((sender) => sender.made)
      const acknowledged = new Set(senders.flatMap((sender) => sender.acknowledged))
      expect(acknowledged.size).toBe(made.length)
      expect(await crew.rowsOf(made)).toEqual({
        actions: made.length,
        personal: made.length,
        doubles: 0,
      })
    }

    it.each(STEPS)(
      'a relay dies %s',
      async (_, point) => {
        await survive(async () => {
          const doomed = await crew.replace(0, point)
          await doomed.ended
        })
      },
      300_000,
    )

    it.runIf(isWhole).each(STEPS)(
      'both relays die %s',
      async (_, point) => {
        await survive(async () => {
          const doomed = [await crew.replace(0, point), await crew.replace(1, `${point}:20`)]
          await Promise.all(doomed.map(({ ended }) => ended))
          await Promise.all([crew.replace(0), crew.replace(1)])
        })
      },
      300_000,
    )

    it.runIf(isWhole)(
      'the database is killed with all its processes',
      async () => {
        await survive(async () => {
          await crew.database.kill()
          await crew.database.start()
        })
      },
      300_000,
    )

    it('database and relays are killed together', async () => {
      await survive(async () => {
        await Promise.all([crew.database.kill(), ...crew.relays.map((relay) => relay.kill())])
        await crew.database.start()
        await Promise.all([crew.replace(0), crew.replace(1)])
      })
    }, 300_000)

    it.runIf(isWhole)(
      'a relay is killed at any moment',
      async () => {
        await survive(async () => {
          await crew.relays[0]?.kill()
          await crew.replace(0)
        })
      },
      300_000,
    )
  })
}
