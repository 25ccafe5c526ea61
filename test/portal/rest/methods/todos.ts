import { readInstant, writeInstant } from '../../clock.ts'
import { addActivity, updateActivity } from '../../crm/activities.ts'
import { kindOfType } from '../../crm/entity-fields.ts'
import { findEntity } from '../../crm/ids.ts'
import type { RestCall, RestMethod } from '../method.ts'
import type { Params } from '../params.ts'
import { phpList, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, missing, type Refusal, refused } from '../reply.ts'

const DOCS = 'api-reference/crm/timeline/activities/todo'

/** To-dos: activities with a deadline that `crm.activity.list` shows with PROVIDER_ID CRM_TODO. */
export const todoMethods: readonly RestMethod[] = [
  {
    name: 'crm.activity.todo.add',
    scope: 'crm',
    docs: `${DOCS}/crm-activity-todo-add.md`,
    run: add,
  },
  {
    name: 'crm.activity.todo.updateDeadline',
    scope: 'crm',
    docs: `${DOCS}/crm-activity-todo-update-deadline.md`,
    run: updateDeadline,
  },
]

function add({ params, portal, user }: RestCall): MethodReply {
  const refusal = checkOwner(params, portal) ?? checkGiven(params, ['deadline'])
  if (refusal !== null) return refusal
  const deadline = readInstant(phpText(params.deadline) ?? '', portal.clock.zone)
  if (deadline === null) return wrongDate()
  const responsible = positiveInt(params.responsibleId) ?? user.ID
  if (!portal.data.users.some(({ ID }) => ID === responsible)) {
    return refused('ACCESS_DENIED', 'Access denied.')
  }
  const at = writeInstant(deadline, portal.clock.zone)
  const activity = addActivity(
    { ...portal, userId: user.ID },
    {
      OWNER_TYPE_ID: positiveInt(params.ownerTypeId),
      OWNER_ID: positiveInt(params.ownerId),
      TYPE_ID: 6,
      PROVIDER_ID: 'CRM_TODO',
      PROVIDER_TYPE_ID: 'TODO',
      SUBJECT: phpText(params.title) ?? '',
      DESCRIPTION: phpText(params.description) ?? '',
      DESCRIPTION_TYPE: 2,
      RESPONSIBLE_ID: responsible,
      START_TIME: at,
      END_TIME: at,
      DEADLINE: at,
      SETTINGS: settings(params),
    },
  )
  return done({ id: activity.ID })
}

function updateDeadline({ params, portal, user }: RestCall): MethodReply {
  const refusal =
    checkGiven(params, ['id']) ?? checkOwner(params, portal) ?? checkGiven(params, ['value'])
  if (refusal !== null) return refusal
  const activity = portal.data.activities.find(
    ({ ID, fields }) =>
      ID === positiveInt(params.id) &&
      fields.PROVIDER_ID === 'CRM_TODO' &&
      fields.OWNER_TYPE_ID === positiveInt(params.ownerTypeId) &&
      fields.OWNER_ID === positiveInt(params.ownerId),
  )
  if (!activity) return refused('NOT_FOUND', 'Not found.')
  if (activity.fields.COMPLETED === 'Y') {
    return refused('CAN_NOT_UPDATE_COMPLETED_TODO', 'Completed activity cannot be modified')
  }
  const deadline = readInstant(phpText(params.value) ?? '', portal.clock.zone)
  if (deadline === null) return wrongDate()
  const at = writeInstant(deadline, portal.clock.zone)
  updateActivity({ ...portal, userId: user.ID }, activity, {
    START_TIME: at,
    END_TIME: at,
    DEADLINE: at,
  })
  return done({ id: activity.ID })
}

function checkGiven(params: Params, names: readonly string[]): Refusal | null {
  const absent = names.find((name) => (phpText(params[name]) ?? '') === '')
  return absent === undefined ? null : missing(absent)
}

function checkOwner(params: Params, { data }: RestCall['portal']): Refusal | null {
  const refusal = checkGiven(params, ['ownerTypeId', 'ownerId'])
  if (refusal !== null) return refusal
  const kind = kindOfType(positiveInt(params.ownerTypeId))
  if (kind === null) return refused('OWNER_NOT_FOUND', 'Owner of the entity not found')
  return findEntity(data, kind, positiveInt(params.ownerId)) === null
    ? refused('NOT_FOUND', 'Not found.')
    : null
}

function wrongDate(): Refusal {
  return refused('WRONG_DATETIME_FORMAT', 'Incorrect date format')
}

/** An empty map is `[]`, as everywhere in PHP's answers. */
function settings({ pingOffsets, colorId }: Params): unknown {
  const offsets = phpList(pingOffsets).map(Number)
  const color = phpText(colorId)
  if (offsets.length === 0 && color === null) return []
  return {
    ...(offsets.length > 0 ? { PING_OFFSETS: offsets } : {}),
    ...(color === null ? {} : { COLOR: color }),
  }
}
