import type { Carrier, DeliveryOutcome, Found } from '../../lib/contracts/delivery.ts'
import type { StoredEffect } from '../../lib/contracts/effect.ts'
import type { StopListRequest } from '../../lib/contracts/relay-stop-list.ts'
import type { RelayClient, RelayTrouble } from '../../lib/extension/relay-client.ts'

/** Takes SMS, mail and entries of the stop list to the relay. Its idempotency key makes every repetition harmless. */
export function createRelayCarrier(client: () => RelayClient | null): Carrier {
  return {
    types: ['sms', 'mail', 'stop_list'],
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
  if (!client) return { kind: 'refused', reason: 'not_configured', detail: '' }
  if (effect.type === 'stop_list') return enterStops(client, id, effect.request)
  if (effect.type !== 'sms' && effect.type !== 'mail') throw new Error(`no message: ${effect.type}`)
  const { type, ...request } = effect
  const answer = await client.send({ channel: type, ...request }, id)
  if (!answer.ok) return outcomeOf(answer.reason)
  const { id: remoteId, state, detail } = answer.value
  return { kind: 'done', remoteId, message: state, detail }
}

async function enterStops(
  client: RelayClient,
  id: string,
  request: StopListRequest,
): Promise<DeliveryOutcome> {
  const answer = await client.enterStops(request, id)
  if (answer.ok) {
    return {
      kind: 'done',
      remoteId: answer.value.entries[0]?.id ?? null,
      message: null,
      detail: null,
    }
  }
  const { reason } = answer.reason
  // A relay from before the stop list: no template is missing there, but the whole room.
  return outcomeOf({
    ...answer.reason,
    reason: reason === 'not_found' ? 'not_configured' : reason,
  })
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
