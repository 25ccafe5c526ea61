import { nowText, type PortalClock, readInstant, writeInstant } from '../clock.ts'
import type { Entity, EntityKind, PortalData, UserField } from '../model.ts'
import { phpList, phpText } from '../rest/php.ts'
import { type Field, fieldsOf, NUMBER_TYPES, typeOfKind, userFieldOwner } from './entity-fields.ts'
import { nextId } from './ids.ts'
import { MULTIFIELD_NAMES, writeOldMultifield } from './multifields.ts'

/** Where entities are written, by whom, and when. */
export interface Desk {
  data: PortalData
  clock: PortalClock
  userId: number
  /** Tells handlers of events; nobody listens without it. */
  raise?: RaiseEvent
}

/** Raises an event about an object, e.g. `ONCRMLEADADD` with `{ID: 7}`. */
export type RaiseEvent = (event: string, fields: Record<string, unknown>, userId: number) => void

/** Fields under their old names, as yet unchecked. */
export type FieldValues = Record<string, unknown>

export type WriteResult = { ok: true; entity: Entity } | { ok: false; field: string }

/** Makes a lead, company or contact. Unknown fields are ignored, as in the real portal. */
export function addEntity(desk: Desk, kind: EntityKind, values: FieldValues): WriteResult {
  const wrong = findWrongValue(desk, kind, values)
  if (wrong !== null) return { ok: false, field: wrong }
  const now = nowText(desk.clock)
  const entity: Entity = { ID: nextId(desk.data, kind), fields: {}, multifields: [] }
  for (const { name } of fieldsOf(kind)) entity.fields[name] = null
  Object.assign(entity.fields, {
    ID: entity.ID,
    OPENED: 'Y',
    ASSIGNED_BY_ID: desk.userId,
    CREATED_BY_ID: desk.userId,
    DATE_CREATE: now,
    LAST_ACTIVITY_BY: desk.userId,
    LAST_ACTIVITY_TIME: now,
    ...defaultsOf(kind, entity.ID, now, desk.userId),
  })
  write(desk, kind, entity, values)
  desk.data.entities[kind].push(entity)
  desk.raise?.(eventName(kind, 'ADD'), { ID: entity.ID }, desk.userId)
  if (kind === 'lead' && desk.data.settings.crmMode === 'simple') convertToDeal(desk, entity)
  return { ok: true, entity }
}

/** In the simple mode a new lead becomes a deal at once (docs: crm-settings-mode-get.md). */
function convertToDeal(desk: Desk, { ID, fields }: Entity): void {
  const { TITLE, SOURCE_ID, COMMENTS, ASSIGNED_BY_ID, COMPANY_ID, CONTACT_ID } = fields
  addEntity(desk, 'deal', { TITLE, SOURCE_ID, COMMENTS, ASSIGNED_BY_ID, COMPANY_ID, CONTACT_ID })
  desk.data.entities.lead = desk.data.entities.lead.filter((one) => one.ID !== ID)
}

/** Changes an entity; nothing is written when a value is wrong. */
export function updateEntity(
  desk: Desk,
  kind: EntityKind,
  entity: Entity,
  values: FieldValues,
): WriteResult {
  const wrong = findWrongValue(desk, kind, values)
  if (wrong !== null) return { ok: false, field: wrong }
  write(desk, kind, entity, values)
  desk.raise?.(eventName(kind, 'UPDATE'), { ID: entity.ID }, desk.userId)
  return { ok: true, entity }
}

/** Removes an entity with its activities and comments. */
export function deleteEntity(desk: Desk, kind: EntityKind, entity: Entity): void {
  const { data } = desk
  data.entities[kind] = data.entities[kind].filter((one) => one !== entity)
  const type = typeOfKind(kind)
  data.activities = data.activities.filter(
    ({ fields }) => fields.OWNER_TYPE_ID !== type || fields.OWNER_ID !== entity.ID,
  )
  data.comments = data.comments.filter(
    ({ ENTITY_TYPE, ENTITY_ID }) => ENTITY_TYPE !== kind || ENTITY_ID !== entity.ID,
  )
  desk.raise?.(eventName(kind, 'DELETE'), { ID: entity.ID }, desk.userId)
}

function eventName(kind: EntityKind, what: 'ADD' | 'UPDATE' | 'DELETE'): string {
  return `ONCRM${kind.toUpperCase()}${what}`
}

/** Marks that something happened with an entity: a comment, an activity. */
export function touchEntity(desk: Desk, entity: Entity): void {
  entity.fields.LAST_ACTIVITY_BY = desk.userId
  entity.fields.LAST_ACTIVITY_TIME = nowText(desk.clock)
}

/** User fields that a kind has. */
export function userFieldsOf(data: PortalData, kind: EntityKind): UserField[] {
  const owner = userFieldOwner(kind)
  return data.userFields.filter(({ ENTITY_ID }) => ENTITY_ID === owner)
}

function defaultsOf(kind: EntityKind, id: number, now: string, userId: number): FieldValues {
  switch (kind) {
    case 'lead':
      return {
        TITLE: `Лид #${id}`,
        STATUS_ID: 'NEW',
        OPPORTUNITY: 0,
        IS_MANUAL_OPPORTUNITY: 'N',
        IS_RETURN_CUSTOMER: 'N',
        MOVED_BY_ID: userId,
        MOVED_TIME: now,
      }
    case 'company':
      return { TITLE: '', IS_MY_COMPANY: 'N', REVENUE: 0 }
    case 'contact':
      return { EXPORT: 'Y' }
    case 'deal':
      return {
        TITLE: `Сделка #${id}`,
        STAGE_ID: 'NEW',
        CATEGORY_ID: 0,
        OPPORTUNITY: 0,
        TAX_VALUE: 0,
        IS_MANUAL_OPPORTUNITY: 'N',
        IS_NEW: 'Y',
        CLOSED: 'N',
        IS_RECURRING: 'N',
        IS_RETURN_CUSTOMER: 'N',
        IS_REPEATED_APPROACH: 'N',
        CURRENCY_ID: 'RUB',
        BEGINDATE: now,
        CLOSEDATE: now,
        MOVED_BY_ID: userId,
        MOVED_TIME: now,
      }
  }
}

/** Where a kind keeps its stage, and in which dictionary the stages are. */
const STAGED = {
  lead: { field: 'STATUS_ID', semantics: 'STATUS_SEMANTIC_ID', dictionary: 'STATUS' },
  deal: { field: 'STAGE_ID', semantics: 'STAGE_SEMANTIC_ID', dictionary: 'DEAL_STAGE' },
} as const

/** A stage that the portal doesn't have is the one wrong value that is looked for. */
function findWrongValue(desk: Desk, kind: EntityKind, values: FieldValues): string | null {
  if (kind !== 'lead' && kind !== 'deal') return null
  const { field } = STAGED[kind]
  if (values[field] === undefined) return null
  const isStage = stages(desk.data, kind).some(({ STATUS_ID }) => STATUS_ID === values[field])
  return isStage ? null : field
}

function stages(data: PortalData, kind: 'lead' | 'deal') {
  return data.statuses.filter(({ ENTITY_ID }) => ENTITY_ID === STAGED[kind].dictionary)
}

function write(desk: Desk, kind: EntityKind, entity: Entity, values: FieldValues): void {
  const { data, clock } = desk
  const now = nowText(clock)
  const stageBefore = recordedStage(data, kind, entity.ID)
  for (const field of fieldsOf(kind)) {
    if (field.isReadOnly || !Object.hasOwn(values, field.name)) continue
    entity.fields[field.name] = convert(field, values[field.name], clock)
  }
  for (const { FIELD_NAME, USER_TYPE_ID, MULTIPLE } of userFieldsOf(data, kind)) {
    if (!Object.hasOwn(values, FIELD_NAME)) continue
    const given = values[FIELD_NAME]
    entity.fields[FIELD_NAME] =
      MULTIPLE === 'Y'
        ? phpList(given).map((one) => convertUserValue(USER_TYPE_ID, one, clock))
        : convertUserValue(USER_TYPE_ID, given, clock)
  }
  for (const type of MULTIFIELD_NAMES) {
    if (Object.hasOwn(values, type)) writeOldMultifield(data, entity, type, values[type])
  }
  followContacts(entity, values)
  entity.fields.MODIFY_BY_ID = desk.userId
  entity.fields.DATE_MODIFY = now
  if (kind === 'lead' || kind === 'deal') followStage(desk, kind, entity, stageBefore)
  if (kind !== 'deal') refreshMultifieldFlags(entity)
}

/** CONTACT_ID is the first of CONTACT_IDS, whichever of the two is written. */
function followContacts({ fields }: Entity, values: FieldValues): void {
  if (Array.isArray(fields.CONTACT_IDS) && Object.hasOwn(values, 'CONTACT_IDS')) {
    fields.CONTACT_ID = fields.CONTACT_IDS[0] ?? null
  } else if (Object.hasOwn(values, 'CONTACT_ID')) {
    fields.CONTACT_IDS = fields.CONTACT_ID === null ? [] : [fields.CONTACT_ID]
  }
}

/** The stage in which an entity was last seen; null when it is new. */
function recordedStage(data: PortalData, kind: EntityKind, id: number): string | null {
  const type = typeOfKind(kind)
  return (
    data.stageHistory.findLast((one) => one.OWNER_TYPE_ID === type && one.OWNER_ID === id)
      ?.STAGE_ID ?? null
  )
}

/** Keeps semantics, times and the stage history (docs: crm-stage-history-list.md) in step. */
function followStage(
  { data, clock, userId }: Desk,
  kind: 'lead' | 'deal',
  entity: Entity,
  before: string | null,
): void {
  const { field, semantics } = STAGED[kind]
  const stage = stages(data, kind).find(({ STATUS_ID }) => STATUS_ID === entity.fields[field])
  entity.fields[semantics] = stage?.SEMANTICS ?? 'P'
  const id = String(entity.fields[field])
  if (id === before) return
  const isFinal = stage?.SEMANTICS !== null && stage !== undefined
  entity.fields.MOVED_BY_ID = userId
  entity.fields.MOVED_TIME = nowText(clock)
  if (kind === 'lead') entity.fields.DATE_CLOSED = isFinal ? nowText(clock) : null
  else
    Object.assign(entity.fields, { CLOSED: isFinal ? 'Y' : 'N', IS_NEW: id === 'NEW' ? 'Y' : 'N' })
  data.stageHistory.push({
    ID: nextId(data, 'stageHistory'),
    TYPE_ID: before === null ? 1 : isFinal ? 3 : 2,
    OWNER_TYPE_ID: typeOfKind(kind),
    OWNER_ID: entity.ID,
    CREATED_TIME: nowText(clock),
    STAGE_SEMANTIC_ID: String(entity.fields[semantics]),
    STAGE_ID: id,
  })
}

/** Keeps HAS_PHONE and HAS_EMAIL in step with the multifields. */
export function refreshMultifieldFlags(entity: Entity): void {
  const has = (type: string) =>
    entity.multifields.some(({ TYPE_ID }) => TYPE_ID === type) ? 'Y' : 'N'
  Object.assign(entity.fields, { HAS_PHONE: has('PHONE'), HAS_EMAIL: has('EMAIL'), HAS_IMOL: 'N' })
}

function convert(field: Field, value: unknown, clock: PortalClock): unknown {
  if (field.isMultiple) return phpList(value).map(Number).filter(Number.isInteger)
  const text = phpText(value)
  if (text === null || text === '') return null
  if (NUMBER_TYPES.has(field.type)) return Number.parseInt(text, 10) || 0
  switch (field.type) {
    case 'double':
      return Number.parseFloat(text) || 0
    case 'char':
      return text === 'Y' || text === '1' ? 'Y' : 'N'
    case 'date':
    case 'datetime':
      return convertDate(text, clock)
    default:
      return text
  }
}

function convertUserValue(type: string, value: unknown, clock: PortalClock): unknown {
  const text = phpText(value)
  if (text === null || text === '') return null
  switch (type) {
    case 'integer':
    case 'enumeration':
    case 'employee':
      return Number.parseInt(text, 10) || 0
    case 'double':
      return Number.parseFloat(text) || 0
    case 'boolean':
      return text === 'Y' || text === '1'
    case 'date':
    case 'datetime':
      return convertDate(text, clock)
    default:
      return text
  }
}

function convertDate(text: string, clock: PortalClock): string | null {
  const at = readInstant(text, clock.zone)
  return at === null ? null : writeInstant(at, clock.zone)
}
