import { nowText } from '../clock.ts'
import type { Activity } from '../model.ts'
import { type Desk, touchEntity } from './entities.ts'
import { kindOfType } from './entity-fields.ts'
import { findEntity, nextId } from './ids.ts'

/** What every activity has; set by `crm.activity.add`, by a to-do, or by these defaults. */
const DEFAULTS = {
  PROVIDER_ID: null,
  PROVIDER_TYPE_ID: null,
  PROVIDER_GROUP_ID: null,
  ASSOCIATED_ENTITY_ID: 0,
  SUBJECT: '',
  COMPLETED: 'N',
  PRIORITY: 2,
  NOTIFY_TYPE: 0,
  NOTIFY_VALUE: 0,
  DESCRIPTION: '',
  DESCRIPTION_TYPE: 1,
  DIRECTION: 0,
  LOCATION: '',
  SETTINGS: [],
  ORIGINATOR_ID: null,
  ORIGIN_ID: null,
  PROVIDER_PARAMS: [],
  PROVIDER_DATA: null,
  RESULT_MARK: 0,
  RESULT_VALUE: null,
  RESULT_SUM: null,
  RESULT_CURRENCY_ID: null,
  RESULT_STATUS: 0,
  RESULT_STREAM: 0,
  RESULT_SOURCE_ID: null,
  AUTOCOMPLETE_RULE: 0,
}

/** Makes an activity from checked fields and marks its owner as active. */
export function addActivity(desk: Desk, fields: Record<string, unknown>): Activity {
  const now = nowText(desk.clock)
  const ID = nextId(desk.data, 'activity')
  const activity: Activity = {
    ID,
    fields: {
      ID,
      ...DEFAULTS,
      CREATED: now,
      LAST_UPDATED: now,
      START_TIME: now,
      RESPONSIBLE_ID: desk.userId,
      AUTHOR_ID: desk.userId,
      EDITOR_ID: desk.userId,
      ...fields,
    },
  }
  const all = activity.fields
  all.END_TIME ??= all.START_TIME
  all.DEADLINE ??= all.START_TIME
  all.STATUS = all.COMPLETED === 'Y' ? 2 : 1
  desk.data.activities.push(activity)
  touchOwner(desk, activity)
  return activity
}

/** Changes fields of an activity; its owner and kind stay. */
export function updateActivity(
  desk: Desk,
  activity: Activity,
  fields: Record<string, unknown>,
): void {
  Object.assign(activity.fields, fields, {
    LAST_UPDATED: nowText(desk.clock),
    EDITOR_ID: desk.userId,
  })
  activity.fields.STATUS = activity.fields.COMPLETED === 'Y' ? 2 : 1
  touchOwner(desk, activity)
}

function touchOwner(desk: Desk, { fields }: Activity): void {
  const kind = kindOfType(Number(fields.OWNER_TYPE_ID))
  const owner = kind === null ? null : findEntity(desk.data, kind, Number(fields.OWNER_ID))
  if (owner !== null) touchEntity(desk, owner)
}
