import type { RestMethod } from './method.ts'
import { activityMethods } from './methods/activities.ts'
import { appMethods } from './methods/app.ts'
import { appOnlyMethods } from './methods/app-only.ts'
import { commentMethods } from './methods/comments.ts'
import { crmEntityMethods } from './methods/crm-entities.ts'
import { crmItemMethods } from './methods/crm-item.ts'
import { departmentMethods } from './methods/departments.ts'
import { duplicateMethods } from './methods/duplicates.ts'
import { eventMethods } from './methods/events.ts'
import { logMessageMethods } from './methods/log-messages.ts'
import { messageSenderMethods } from './methods/message-senders.ts'
import { notificationMethods } from './methods/notifications.ts'
import { stageHistoryMethods } from './methods/stage-history.ts'
import { statusMethods } from './methods/statuses.ts'
import { systemMethods } from './methods/system.ts'
import { telephonyCallMethods } from './methods/telephony.ts'
import { telephonyLineMethods } from './methods/telephony-lines.ts'
import { telephonyRecordMethods } from './methods/telephony-records.ts'
import { todoMethods } from './methods/todos.ts'
import { userFieldMethods } from './methods/userfields.ts'
import { userMethods } from './methods/users.ts'

const METHODS: readonly RestMethod[] = [
  ...userMethods,
  ...crmItemMethods,
  ...crmEntityMethods,
  ...userFieldMethods,
  ...statusMethods,
  ...activityMethods,
  ...todoMethods,
  ...commentMethods,
  ...notificationMethods,
  ...duplicateMethods,
  ...telephonyCallMethods,
  ...telephonyLineMethods,
  ...telephonyRecordMethods,
  ...appMethods,
  ...logMessageMethods,
  ...departmentMethods,
  ...eventMethods,
  ...messageSenderMethods,
  ...stageHistoryMethods,
  ...appOnlyMethods,
]

const BY_NAME = new Map(
  [...METHODS, ...systemMethods(METHODS)].map((method) => [method.name.toLowerCase(), method]),
)

/** A method by name, in any case; null when the portal has none of that name. */
export function findMethod(name: string): RestMethod | null {
  return BY_NAME.get(name.toLowerCase()) ?? null
}
