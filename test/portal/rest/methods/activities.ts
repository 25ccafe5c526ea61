import { readInstant } from '../../clock.ts'
import { addActivity, updateActivity } from '../../crm/activities.ts'
import { readActivityFields } from '../../crm/activity-fields.ts'
import { kindOfType } from '../../crm/entity-fields.ts'
import { findEntity, nextId } from '../../crm/ids.ts'
import { oldValue } from '../../crm/old-form.ts'
import type { Activity, PortalData } from '../../model.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpEntries, phpList, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, refusedByText } from '../reply.ts'

const DOCS = 'api-reference/crm/timeline/activities/activity-base'

/** Activities: calls, meetings, e-mails; to-dos are listed here too. */
export const activityMethods: readonly RestMethod[] = [
  { name: 'crm.activity.add', scope: 'crm', docs: `${DOCS}/crm-activity-add.md`, run: add },
  { name: 'crm.activity.get', scope: 'crm', docs: `${DOCS}/crm-activity-get.md`, run: get },
  { name: 'crm.activity.list', scope: 'crm', docs: `${DOCS}/crm-activity-list.md`, run: list },
  {
    name: 'crm.activity.update',
    scope: 'crm',
    docs: `${DOCS}/crm-activity-update.md`,
    run: update,
  },
  {
    name: 'crm.activity.delete',
    scope: 'crm',
    docs: `${DOCS}/crm-activity-delete.md`,
    run: remove,
  },
]

/** TYPE_ID: 1 meeting, 2 call, 4 e-mail, 6 another provider's. */
const PROVIDERS: Record<number, { PROVIDER_ID: string; PROVIDER_TYPE_ID: string }> = {
  1: { PROVIDER_ID: 'CRM_MEETING', PROVIDER_TYPE_ID: 'MEETING' },
  2: { PROVIDER_ID: 'VOXIMPLANT_CALL', PROVIDER_TYPE_ID: 'CALL' },
  4: { PROVIDER_ID: 'CRM_EMAIL', PROVIDER_TYPE_ID: 'EMAIL' },
}
function add({ params, portal, user }: RestCall): MethodReply {
  const given = anyCase(params, 'fields')
  if (!isPhpArray(given)) return refusedByText("Parameter 'fields' must be array.")
  const type = positiveInt(given.TYPE_ID) ?? 0
  if (![1, 2, 4, 6].includes(type)) {
    return refusedByText('The field TYPE_ID is not defined or invalid')
  }
  if (type === 6 && !phpText(given.PROVIDER_ID)) {
    return refusedByText('The custom activity without provider is not supported in current context')
  }
  if (!phpText(given.SUBJECT)) return refusedByText('The field SUBJECT is not defined or empty')
  const responsible = positiveInt(given.RESPONSIBLE_ID)
  if (!portal.data.users.some(({ ID }) => ID === responsible)) {
    return refusedByText('The field RESPONSIBLE_ID is not defined or invalid')
  }
  const communications = phpList(given.COMMUNICATIONS).filter(isPhpArray)
  if ((type === 2 || type === 4) && communications.length === 0) {
    return refusedByText('The field COMMUNICATIONS is not defined or invalid')
  }
  if (type === 2 && communications.length > 1) {
    return refusedByText('The only one communication is allowed for activity of specified type')
  }
  const owner = ownerOf(portal.data, given, communications)
  if (owner === null) {
    return refusedByText(
      'Could not build binding. Please ensure that owner info and communications are defined correctly',
    )
  }
  const fields = readActivityFields(given, portal.clock)
  const activity = addActivity(
    { ...portal, userId: user.ID },
    {
      ...owner,
      TYPE_ID: type,
      ...PROVIDERS[type],
      ...fields,
      ...(type === 2 ? { DEADLINE: fields.START_TIME } : {}),
      COMMUNICATIONS: communications.map((one) => communication(portal.data, one, type, owner)),
    },
  )
  return done(activity.ID)
}

function get({ params, portal }: RestCall): MethodReply {
  const activity = find(portal.data, anyCase(params, 'id'))
  return activity === null ? refusedByText('Not found.') : done(row(activity))
}

function update({ params, portal, user }: RestCall): MethodReply {
  const activity = find(portal.data, anyCase(params, 'id'))
  if (activity === null) return refusedByText('Activity is not found.')
  const given = anyCase(params, 'fields')
  if (!isPhpArray(given)) return refusedByText("Parameter 'fields' must be array.")
  const { PROVIDER_ID: _, ...fields } = readActivityFields(given, portal.clock)
  if (fields.SUBJECT === '') return refusedByText('The field SUBJECT is not defined or empty')
  updateActivity({ ...portal, userId: user.ID }, activity, fields)
  return done(true)
}

function list({ params, portal }: RestCall): MethodReply {
  const rules = { instantOf: (text: string) => readInstant(text, portal.clock.zone) }
  const { BINDINGS: bindings, ...filter } = asArray(anyCase(params, 'filter'))
  const found = portal.data.activities.filter(
    ({ fields }) =>
      (bindings === undefined ||
        phpList(bindings).some((one) =>
          matches(one, { ...rules, valueOf: (name) => fields[name] }),
        )) &&
      matches(filter, { ...rules, valueOf: (name) => fields[name] }),
  )
  const order = anyCase(params, 'order') ?? { START_TIME: 'ASC' }
  const sorted = sortRows(found, order, ({ fields }, name) => fields[name], rules)
  const select = phpList(anyCase(params, 'select')).map(String)
  return page(
    sorted.map((activity) => pick(activity, select)),
    anyCase(params, 'start'),
  )
}

/** Without COMMUNICATIONS, which only a `select` that names it gives. */
function row({ fields: { COMMUNICATIONS: _, ...fields } }: Activity): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, oldValue(value)]))
}

function pick(activity: Activity, select: readonly string[]): Record<string, unknown> {
  const all = row(activity)
  const hasAll = select.length === 0 || select.includes('*')
  const chosen = hasAll
    ? all
    : Object.fromEntries(
        Object.entries(all).filter(([name]) => name === 'ID' || select.includes(name)),
      )
  if (!select.includes('COMMUNICATIONS')) return chosen
  return { ...chosen, COMMUNICATIONS: activity.fields.COMMUNICATIONS ?? [] }
}

interface Owner {
  OWNER_TYPE_ID: number
  OWNER_ID: number
}

/** The owner is named, or else the first one that a communication points to. */
function ownerOf(
  data: PortalData,
  given: Record<string, unknown>,
  communications: Record<string, unknown>[],
): Owner | null {
  const candidates = [
    { type: given.OWNER_TYPE_ID, id: given.OWNER_ID },
    ...communications.map((one) => ({ type: one.ENTITY_TYPE_ID, id: one.ENTITY_ID })),
  ]
  for (const candidate of candidates) {
    const [type, id] = [positiveInt(candidate.type), positiveInt(candidate.id)]
    const kind = kindOfType(type)
    if (kind === null || type === null || id === null) continue
    return findEntity(data, kind, id) === null ? null : { OWNER_TYPE_ID: type, OWNER_ID: id }
  }
  return null
}

function communication(
  data: PortalData,
  given: Record<string, unknown>,
  type: number,
  owner: Owner,
): Record<string, unknown> {
  return {
    ID: String(nextId(data, 'communication')),
    TYPE: type === 4 ? 'EMAIL' : type === 2 ? 'PHONE' : '',
    VALUE: phpText(given.VALUE) ?? '',
    ENTITY_ID: String(positiveInt(given.ENTITY_ID) ?? owner.OWNER_ID),
    ENTITY_TYPE_ID: String(positiveInt(given.ENTITY_TYPE_ID) ?? owner.OWNER_TYPE_ID),
    ENTITY_SETTINGS: [],
  }
}

function find(data: PortalData, id: unknown): Activity | null {
  return data.activities.find(({ ID }) => ID === positiveInt(id)) ?? null
}

function asArray(value: unknown): Record<string, unknown> {
  return Object.fromEntries(phpEntries(value))
}

function remove({ params, portal }: RestCall): MethodReply {
  const id = positiveInt(anyCase(params, 'id'))
  const { activities } = portal.data
  const at = activities.findIndex(({ ID }) => ID === id)
  if (at < 0) return refusedByText('Activity is not found.')
  activities.splice(at, 1)
  return done(true)
}
