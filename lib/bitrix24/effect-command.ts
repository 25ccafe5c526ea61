import type { AttemptRecord } from '../contracts/attempt.ts'
import { ENTITY_TYPE_ID } from '../contracts/card.ts'
import { unreachable } from '../contracts/common.ts'
import type { Effect, StoredEffect } from '../contracts/effect.ts'
import type { Command, Param } from './batch.ts'
import { ORIGINATOR_ID, withMark } from './mark.ts'

/** The text that holds a record, made by whoever can read it back. */
export type DescribeRecord = (record: AttemptRecord) => string

type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>

/** `TYPE_ID`, `DIRECTION`, `DESCRIPTION_TYPE` (Bitrix24 docs: crm.activity.add, enumerations). */
const CALL = 2
const DIRECTION = { in: 1, out: 2 } as const
const PLAIN_TEXT = 1

/** A communication must have a value; a result without a dialled number has none to give. */
const NO_NUMBER = '-'

/**
 * The REST command that an effect is; null = there is nothing to write. Messages are the relay's
 * and must not come here.
 */
export function commandOf(
  { id, effect }: StoredEffect,
  { describe, canTag }: { describe: DescribeRecord; canTag: boolean },
): Command | null {
  switch (effect.type) {
    case 'call_record':
      return callRecord(effect, describe)
    case 'comment':
      return comment(effect, id)
    case 'todo':
      return todo(effect, id)
    case 'todo_done':
      return {
        method: 'crm.activity.update',
        params: { id: effect.todoId, fields: { COMPLETED: 'Y' } },
      }
    case 'fields':
      return fields(effect)
    case 'notification':
      return notification(effect, canTag ? id : null)
    case 'sms':
    case 'mail':
    case 'stop_list':
      throw new Error(`${effect.type} goes to the relay, not to the portal`)
    default:
      return unreachable(effect)
  }
}

/**
 * The webhook's stand-in for a telephony record: `crm.activity.add` is called deprecated by the
 * docs, yet nothing else makes a call activity without an application's token.
 */
function callRecord(effect: EffectOf<'call_record'>, describe: DescribeRecord): Command {
  const { card, call, record } = effect
  const owner = ENTITY_TYPE_ID[card.kind]
  const startTime = call?.startedAt ?? record.at
  return {
    method: 'crm.activity.add',
    params: {
      fields: {
        OWNER_TYPE_ID: owner,
        OWNER_ID: card.id,
        TYPE_ID: CALL,
        DIRECTION: DIRECTION[call?.direction ?? 'out'],
        SUBJECT: effect.subject,
        COMMUNICATIONS: [
          { VALUE: call?.number ?? NO_NUMBER, ENTITY_ID: card.id, ENTITY_TYPE_ID: owner },
        ],
        RESPONSIBLE_ID: record.operator.id,
        START_TIME: startTime,
        END_TIME: call?.endedAt ?? startTime,
        COMPLETED: 'Y',
        DESCRIPTION: describe(record),
        DESCRIPTION_TYPE: PLAIN_TEXT,
        ORIGINATOR_ID,
        ORIGIN_ID: effect.attemptId,
      },
    },
  }
}

function comment({ card, text }: EffectOf<'comment'>, id: string): Command {
  return {
    method: 'crm.timeline.comment.add',
    params: {
      fields: { ENTITY_ID: card.id, ENTITY_TYPE: card.kind, COMMENT: withMark(text, id) },
    },
  }
}

/** Its parameters stand at the top, not under `fields` (Bitrix24 docs: crm.activity.todo.add). */
function todo(effect: EffectOf<'todo'>, id: string): Command {
  return {
    method: 'crm.activity.todo.add',
    params: {
      ownerTypeId: ENTITY_TYPE_ID[effect.card.kind],
      ownerId: effect.card.id,
      deadline: effect.deadline,
      title: effect.title,
      description: withMark(effect.description, id),
      responsibleId: effect.responsibleId,
    },
  }
}

/** Only leads have a stage of this kind. */
function fields({ card, stageId, fields }: EffectOf<'fields'>): Command | null {
  const changes: Record<string, Param> = { ...fields }
  if (stageId !== null && card.kind === 'lead') changes.stageId = stageId
  if (Object.keys(changes).length === 0) return null
  return {
    method: 'crm.item.update',
    params: {
      entityTypeId: ENTITY_TYPE_ID[card.kind],
      id: card.id,
      fields: changes,
      useOriginalUfNames: 'Y',
    },
  }
}

/**
 * A tag replaces the earlier notice of the same one, so that a repetition harms nobody; a webhook
 * may not set it, and its notification is sent at most once (Bitrix24 docs: im.notify.personal.add).
 */
function notification({ userId, text }: EffectOf<'notification'>, tag: string | null): Command {
  const params = { USER_ID: userId, MESSAGE: text, ...(tag !== null && { TAG: tag }) }
  return { method: 'im.notify.personal.add', params }
}
