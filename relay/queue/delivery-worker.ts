import { unreachable } from '../../lib/contracts/common.ts'
import type { Gateway } from '../gateways/gateway.ts'
import type { Log } from '../log.ts'
import type { MessageStore } from '../messages/message-store.ts'
import type { StopCheck } from '../messages/stop-check.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { DeliveryQueue } from './delivery-queue.ts'

export interface WorkerDeps {
  store: MessageStore
  queue: DeliveryQueue
  log: Log
  metrics: Pick<Metrics, 'submitted'>
  isStopped: StopCheck
}

/** Pauses between tries while a gateway is surely not taking messages; after the last it is over. */
const RETRY_DELAYS_SECONDS = [2, 5, 15, 60, 300, 900, 1_800, 3_600, 7_200]

/**
 * Hands one message to its gateway.
 *
 * `submitting` is written before the gateway is called. If we die, or lose the answer, between its
 * taking the message and our recording that, nobody can tell whether the client will get it:
 * Kannel and SMTP have no look-up. Such a message stays `submitting`, marked in doubt. A delivery
 * report may still settle it; else a person decides. It is never sent again blindly, because a
 * client who gets the same SMS twice is worse off than an operator who sees a doubt.
 */
export async function deliver(
  { store, queue, log, metrics, isStopped }: WorkerDeps,
  gateway: Gateway,
  messageId: string,
): Promise<void> {
  const message = await store.claim(messageId, isStopped)
  if (!message) return
  // Erased between two tries: there is nobody to send it to any more.
  if (message.recipient === '') {
    await store.record(messageId, 'refused', null)
    return
  }
  const outcome = await gateway.submit({
    id: message.id,
    submissionId: message.submission_id,
    to: message.recipient,
    subject: message.subject,
    text: message.text,
  })
  metrics.submitted(gateway.channel, outcome.type)
  log.info({ messageId, tries: message.tries, outcome }, 'submitted')
  switch (outcome.type) {
    case 'accepted':
      await store.record(messageId, 'accepted', null)
      return
    case 'handed_over':
      await store.record(messageId, 'delivered', outcome.detail)
      return
    case 'busy': {
      const delaySeconds = RETRY_DELAYS_SECONDS[message.tries - 1]
      if (delaySeconds === undefined) {
        await store.record(messageId, 'refused', 'gateway_unavailable')
        return
      }
      await store.record(messageId, 'busy', 'gateway_busy', (trx) =>
        queue.add(trx, gateway.channel, messageId, delaySeconds),
      )
      return
    }
    case 'refused':
      await store.record(messageId, 'refused', outcome.detail)
      return
    case 'unknown':
      await store.doubt(messageId)
      return
    default:
      unreachable(outcome)
  }
}
