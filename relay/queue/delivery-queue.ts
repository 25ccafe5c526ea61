import type { Transaction } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'
import type { Database } from '../database/schema.ts'
import type { Log } from '../log.ts'

type Channel = RelayMessage['channel']

/** Jobs hold the message's id only; personal data stays in one table. */
const DeliveryJob = z.object({ messageId: z.uuid() })

/** What waits to be handed to gateways: one queue a channel, so that a slow one holds up no other. */
export interface DeliveryQueue {
  /** Adds a job in the caller's transaction. `delaySeconds` = not before. */
  add(
    trx: Transaction<Database>,
    channel: Channel,
    messageId: string,
    delaySeconds?: number,
  ): Promise<void>
  work(channel: Channel, deliver: (messageId: string) => Promise<void>): Promise<void>
  /** Takes no more jobs and finishes those in hand. */
  close(): Promise<void>
}

const QUEUES: Record<Channel, string> = { sms: 'deliver-sms', mail: 'deliver-mail' }

/** Opens the queue in the database behind the URL, making its tables if needed. */
export async function openQueue(url: string, log: Log): Promise<DeliveryQueue> {
  const boss = new PgBoss({ connectionString: url, max: 5, useListenNotify: true })
  boss.on('error', (err) => log.error({ err }, 'queue trouble'))
  await boss.start()
  for (const name of Object.values(QUEUES)) {
    // A job that its worker left behind is tried again; a message that is no longer queued is then
    // left alone. Repeats after a refusal are jobs of their own, made by the worker.
    await boss.createQueue(name, { notify: true, expireInSeconds: 120, retryLimit: 3 })
  }
  return {
    async add(trx, channel, messageId, delaySeconds = 0) {
      await boss.send(
        QUEUES[channel],
        { messageId },
        { db: fromKysely(trx), ...(delaySeconds > 0 && { startAfter: delaySeconds }) },
      )
    },
    async work(channel, deliver) {
      const options = {
        localConcurrency: 2,
        pollingIntervalSeconds: 1,
        // Delayed jobs are found by polling only.
        notifyPollingIntervalSeconds: 1,
      }
      await boss.work(QUEUES[channel], options, async (jobs) => {
        for (const job of jobs) await deliver(DeliveryJob.parse(job.data).messageId)
      })
    },
    close: () => boss.stop({ graceful: true, timeout: 45_000 }),
  }
}
