import { z } from 'zod'
import { ENTITY_TYPE_ID } from '../contracts/card.ts'
import type { Found } from '../contracts/delivery.ts'
import type { StoredEffect } from '../contracts/effect.ts'
import type { Command } from './batch.ts'
import type { BitrixClient } from './client.ts'
import { deliveryReason, detailOf } from './delivery-reason.ts'
import { ORIGINATOR_ID, readMark } from './mark.ts'

const Rows = z.array(
  z.looseObject({
    ID: z.union([z.string(), z.number()]).transform(String),
    DESCRIPTION: z.string().nullish(),
    COMMENT: z.string().nullish(),
  }),
)

/**
 * Looks up effects of unknown fate, in one batch of reads (docs/adr/0006): a call record by its
 * origin id, comment and to-do by our mark among the newest 50 of the card. Fields are state and
 * may be written again. A notification can't be known: it stays at most once.
 */
export async function findEffects(
  effects: readonly StoredEffect[],
  client: BitrixClient,
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  const commands: Record<string, Command> = {}
  for (const stored of effects) {
    const lookUp = lookUpOf(stored)
    if ('method' in lookUp) commands[stored.id] = lookUp
    else found.set(stored.id, lookUp)
  }
  if (Object.keys(commands).length === 0) return found

  const options = { halt: 0, write: false, priority: 'background' } as const
  const answer = await client.batch(commands, options)
  for (const { id, effect } of effects.filter((stored) => stored.id in commands)) {
    const rows = answer.ok ? answer.value.get(id) : answer
    if (rows === undefined) throw new Error(`no answer to the look-up of ${id}`)
    if (!rows.ok) {
      const { error } = rows
      found.set(id, { kind: 'unanswered', reason: deliveryReason(error), detail: detailOf(error) })
      continue
    }
    const parsed = Rows.safeParse(rows.value.result)
    if (!parsed.success) {
      found.set(id, { kind: 'unanswered', reason: 'server_error', detail: 'unreadable list' })
      continue
    }
    const ours = parsed.data.find(
      (row) =>
        effect.type === 'call_record' ||
        readMark(row.COMMENT ?? row.DESCRIPTION ?? '')?.effectId === id,
    )
    found.set(
      id,
      ours === undefined ? { kind: 'absent' } : { kind: 'found', remoteId: ours.ID, message: null },
    )
  }
  return found
}

function lookUpOf({ effect }: StoredEffect): Command | Found {
  const { card } = effect
  const owner = { OWNER_TYPE_ID: ENTITY_TYPE_ID[card.kind], OWNER_ID: card.id }
  switch (effect.type) {
    case 'call_record':
      return {
        method: 'crm.activity.list',
        params: {
          filter: { ...owner, ORIGINATOR_ID, ORIGIN_ID: effect.attemptId },
          select: ['ID'],
          order: { ID: 'ASC' },
        },
      }
    case 'comment':
      return {
        method: 'crm.timeline.comment.list',
        params: {
          filter: { ENTITY_ID: card.id, ENTITY_TYPE: card.kind },
          select: ['ID', 'COMMENT'],
          order: { ID: 'DESC' },
        },
      }
    case 'todo':
      return {
        method: 'crm.activity.list',
        params: {
          filter: { ...owner, PROVIDER_ID: 'CRM_TODO' },
          select: ['ID', 'DESCRIPTION'],
          order: { ID: 'DESC' },
        },
      }
    case 'notification':
      return { kind: 'unknowable', detail: 'sent at most once; whether it arrived is not known' }
    default:
      return { kind: 'absent' }
  }
}
