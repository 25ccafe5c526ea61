import type { Entity, EntityKind, PortalData } from '../model.ts'
import { userFieldsOf } from './entities.ts'
import { fieldsOf } from './entity-fields.ts'
import { MULTIFIELD_NAMES } from './multifields.ts'

/** An entity as `crm.lead.*`, `crm.company.*` and `crm.contact.*` show it: all is text. */
export type OldForm = Record<string, unknown>

/** A value as the old methods write it: numbers as text, nothing as null. */
export function oldValue(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (value === undefined) return null
  return value
}

/** Every field that `*` stands for. */
export function oldFields(kind: EntityKind, entity: Entity): OldForm {
  const row: OldForm = {}
  for (const { name, type, isMultiple } of fieldsOf(kind)) {
    if (isMultiple) continue
    const value = entity.fields[name]
    const isEmptyDate = (type === 'date' || name === 'DATE_CLOSED') && value === null
    row[name] = isEmptyDate
      ? ''
      : type === 'double' && typeof value === 'number'
        ? value.toFixed(2)
        : oldValue(value)
  }
  return row
}

/** User fields of an entity. */
export function oldUserFields(data: PortalData, kind: EntityKind, entity: Entity): OldForm {
  return Object.fromEntries(
    userFieldsOf(data, kind).map(({ FIELD_NAME, MULTIPLE }) => {
      const value = entity.fields[FIELD_NAME] ?? (MULTIPLE === 'Y' ? [] : null)
      return [FIELD_NAME, Array.isArray(value) ? value.map(oldValue) : oldValue(value)]
    }),
  )
}

/** Multifields of an entity by type; types without values are left out. */
export function oldMultifields(entity: Entity): OldForm {
  const form: OldForm = {}
  for (const type of MULTIFIELD_NAMES) {
    const values = entity.multifields
      .filter(({ TYPE_ID }) => TYPE_ID === type)
      .map(({ ID, VALUE_TYPE, VALUE, TYPE_ID }) => ({
        ID: String(ID),
        VALUE_TYPE,
        VALUE,
        TYPE_ID,
      }))
    if (values.length > 0) form[type] = values
  }
  return form
}

/** The whole entity, as `get` answers. */
export function oldForm(data: PortalData, kind: EntityKind, entity: Entity): OldForm {
  return {
    ...oldFields(kind, entity),
    ...oldUserFields(data, kind, entity),
    ...oldMultifields(entity),
  }
}
