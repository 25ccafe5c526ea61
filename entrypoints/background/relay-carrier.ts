import type { Carrier, DeliveryOutcome, Found } from '../../lib/contracts/delivery.ts'
import type { StoredEffect } from '../../lib/contracts/effect.ts'
import type { RelayClient, RelayTrouble } from '../../lib/extension/relay-client.ts'

/** Takes SMS and mail to the relay. Its idempotency key makes every repetition harmless. */
export function createRelayCarrier(client: () => RelayClient | null): Carrier {
  return {
    types: ['sms', 'mail'],
    async deliver(effects) {
      const outcomes = new Map<string, DeliveryOutcome>()
      for (const stored of effects) outcomes.set(stored.id, await deliverOne(client(), stored))
      return outcomes
    },
    async find(effects) {
      return new Map(effects.map(({ id }): [string, Found] => [id, { kind: 'absent' }]))
    },
  }
}

async function deliverOne(
  client: RelayClient | null,
  { id, effect }: StoredEffect,
): Promise<DeliveryOutcome> {
  if (effect.type !== 'sms' && effect.type !== 'mail') throw new Error(`no message: ${effect.type}`)
  if (!client) return { kind: 'refused', reason: 'not_configured', detail: '' }
  const { type, ...request } = effect
  const answer = await client.send({ channel: type, ...request }, id)
  if (!answer.ok) return outcomeOf(answer.reason)
  const { id: remoteId, state, detail } = answer.value
  return { kind: 'done', remoteId, message: state, detail }
}

function outcomeOf({ reason, detail }: RelayTrouble): DeliveryOutcome {
  switch (reason) {
    case 'away':
      return { kind: 'retry', reason: 'away', detail }
    case 'limit':
      return { kind: 'retry', reason: 'limit', detail }
    case 'unavailable':
    case 'protocol':
      return { kind: 'retry', reason: 'server_error', detail }
    case 'unauthorized':
      return { kind: 'refused', reason: 'unauthorized', detail }
    case 'not_found':
      return { kind: 'refused', reason: 'template_missing', detail }
    case 'not_configured':
      return { kind: 'refused', reason: 'not_configured', detail }
    case 'invalid':
      return { kind: 'refused', reason: 'invalid', detail }
  }
}
