import type { Result } from '../contracts/common.ts'
import type { Carrier, DeliveryOutcome, Found } from '../contracts/delivery.ts'
import type { StoredEffect } from '../contracts/effect.ts'
import type { BitrixClient } from './client.ts'
import type { DescribeRecord } from './effect-command.ts'
import { findEffects } from './find-effects.ts'
import { writeEffects } from './write-effects.ts'

export interface PortalCarrierOptions {
  /** The client of the portal that is set up now; null = none is. */
  client(): Promise<BitrixClient | null>
  describeRecord: DescribeRecord
}

/** Takes effects to Bitrix24, and never those of one portal's card to another portal. */
export function createPortalCarrier({ client, describeRecord }: PortalCarrierOptions): Carrier {
  return {
    types: ['call_record', 'comment', 'todo', 'todo_done', 'fields', 'notification'],

    async deliver(effects) {
      const portal = portalFor(await client(), effects)
      if (portal.ok) return writeEffects(effects, { client: portal.value, describeRecord })
      const { reason: detail } = portal
      const held: DeliveryOutcome = { kind: 'retry', reason: 'not_configured', detail }
      return new Map(effects.map(({ id }) => [id, held]))
    },

    async find(effects) {
      const portal = portalFor(await client(), effects)
      if (portal.ok) return findEffects(effects, portal.value)
      const { reason: detail } = portal
      const held: Found = { kind: 'unanswered', reason: 'not_configured', detail }
      return new Map(effects.map(({ id }) => [id, held]))
    },
  }
}

function portalFor(
  client: BitrixClient | null,
  effects: readonly StoredEffect[],
): Result<BitrixClient, string> {
  if (client === null) return { ok: false, reason: 'no portal is set up' }
  const stray = effects.find(({ effect }) => !client.origins.includes(effect.card.portal))
  if (stray === undefined) return { ok: true, value: client }
  return { ok: false, reason: `the card is of another portal: ${stray.effect.card.portal}` }
}
