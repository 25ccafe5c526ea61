import { nowText, type PortalClock, readInstant, writeInstant } from '../clock.ts'
import type { Entity, EntityKind, PortalData, UserField } from '../model.ts'
import { phpList, phpText } from '../rest/php.ts'
import { type Field, fieldsOf, NUMBER_TYPES, userFieldOwner } from './entity-fields.ts'
import { nextId } from './ids.ts'
import { MULTIFIELD_NAMES, writeOldMultifield } from './multifields.ts'

/** Where entities are written, by whom, and when. */
export interface Desk {
  data: PortalData
  clock: PortalClock
  userId: number
}

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
  return { ok: true, entity }
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
  return { ok: true, entity }
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
  }
}

/** A stage that the portal doesn't have is the one wrong value that is looked for. */
function findWrongValue(desk: Desk, kind: EntityKind, values: FieldValues): string | null {
  if (kind !== 'lead' || values.STATUS_ID === undefined) return null
  const isStage = stages(desk.data).some(({ STATUS_ID }) => STATUS_ID === values.STATUS_ID)
  return isStage ? null : 'STATUS_ID'
}

function stages(data: PortalData) {
  return data.statuses.filter(({ ENTITY_ID }) => ENTITY_ID === 'STATUS')
}

function write(desk: Desk, kind: EntityKind, entity: Entity, values: FieldValues): void {
  const { data, clock } = desk
  const now = nowText(clock)
  const stageBefore = entity.fields.STATUS_ID
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
  if (kind === 'lead') followStage(desk, entity, entity.fields.STATUS_ID !== stageBefore)
  refreshMultifieldFlags(entity)
}

/** CONTACT_ID is the first of CONTACT_IDS, whichever of the two is written. */
function followContacts({ fields }: Entity, values: FieldValues): void {
  if (Array.isArray(fields.CONTACT_IDS) && Object.hasOwn(values, 'CONTACT_IDS')) {
    fields.CONTACT_ID = fields.CONTACT_IDS[0] ?? null
  } else if (Object.hasOwn(values, 'CONTACT_ID')) {
    fields.CONTACT_IDS = fields.CONTACT_ID === null ? [] : [fields.CONTACT_ID]
  }
}

function followStage({ data, clock, userId }: Desk, entity: Entity, isMoved: boolean): void {
  const stage = stages(data).find(({ STATUS_ID }) => STATUS_ID === entity.fields.STATUS_ID)
  entity.fields.STATUS_SEMANTIC_ID = stage?.SEMANTICS ?? 'P'
  if (!isMoved) return
  entity.fields.MOVED_BY_ID = userId
  entity.fields.MOVED_TIME = nowText(clock)
  entity.fields.DATE_CLOSED = stage?.SEMANTICS ? nowText(clock) : null
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
