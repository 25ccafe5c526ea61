import { z } from 'zod'
import { ENTITY_TYPE_ID } from '../contracts/card.ts'
import type { Effect, StoredEffect } from '../contracts/effect.ts'
import type { Command } from './batch.ts'
import { ORIGINATOR_ID, readMark } from './mark.ts'

/** What an effect leaves in Bitrix24 that can be found again; the others leave nothing. */
export type TraceableEffect = Extract<Effect, { type: 'call_record' | 'comment' | 'todo' }>
export type TraceableStored = StoredEffect & { effect: TraceableEffect }

const Rows = z.array(
  z.looseObject({
    ID: z.union([z.string(), z.number()]).transform(String),
    DESCRIPTION: z.string().nullish(),
    COMMENT: z.string().nullish(),
  }),
)

export function isTraceable(stored: StoredEffect): stored is TraceableStored {
  return ['call_record', 'comment', 'todo'].includes(stored.effect.type)
}

/**
 * Lists where an effect's trace would stand (docs/adr/0006): a call record by its origin id,
 * comment and to-do among the newest 50 of the card.
 */
export function listTraces({ effect }: TraceableStored): Command {
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
  }
}

/** The ids of the effect's traces in the list, the oldest first; null = the list is unreadable. */
export function tracesIn({ id, effect }: TraceableStored, list: unknown): string[] | null {
  const rows = Rows.safeParse(list)
  if (!rows.success) return null
  return rows.data
    .filter(
      (row) =>
        effect.type === 'call_record' ||
        readMark(row.COMMENT ?? row.DESCRIPTION ?? '')?.effectId === id,
    )
    .map(({ ID }) => ID)
    .sort((a, b) => Number(a) - Number(b))
}

/** Deletes one trace. A to-do is an activity, too (Bitrix24 docs: crm.activity.delete). */
export function deleteTrace({ effect }: TraceableStored, remoteId: string): Command {
  if (effect.type !== 'comment') {
    return { method: 'crm.activity.delete', params: { id: remoteId } }
  }
  const { kind, id } = effect.card
  return {
    method: 'crm.timeline.comment.delete',
    params: { id: remoteId, ownerTypeId: ENTITY_TYPE_ID[kind], ownerId: id },
  }
}
