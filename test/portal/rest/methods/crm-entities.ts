import { readInstant } from '../../clock.ts'
import { addEntity, deleteEntity, updateEntity, userFieldsOf } from '../../crm/entities.ts'
import { fieldsOf } from '../../crm/entity-fields.ts'
import { findEntity } from '../../crm/ids.ts'
import { MULTIFIELD_NAMES } from '../../crm/multifields.ts'
import {
  type OldForm,
  oldFields,
  oldForm,
  oldMultifields,
  oldUserFields,
} from '../../crm/old-form.ts'
import type { Entity, EntityKind, PortalData } from '../../model.ts'
import { matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpList, positiveInt } from '../php.ts'
import { done, type MethodReply, refusedByText } from '../reply.ts'

const FOLDERS: Record<EntityKind, string> = {
  lead: 'leads',
  company: 'companies',
  contact: 'contacts',
  deal: 'deals',
}

/** The old methods of leads, companies, contacts and deals: frozen, but still there. */
export const crmEntityMethods: readonly RestMethod[] = (
  ['lead', 'company', 'contact', 'deal'] as const
).flatMap((kind) =>
  Object.entries({
    get: get(kind),
    list: list(kind),
    add: add(kind),
    update: update(kind),
    delete: remove(kind),
    fields: fields(kind),
  }).map(([what, run]) => ({
    name: `crm.${kind}.${what}`,
    scope: 'crm',
    docs: `api-reference/crm/${FOLDERS[kind]}/crm-${kind}-${what}.md`,
    run,
  })),
)

function get(kind: EntityKind): RestMethod['run'] {
  return ({ params, portal }) => {
    const id = positiveInt(anyCase(params, 'id'))
    if (id === null) return refusedByText('ID is not defined or invalid.')
    const entity = findEntity(portal.data, kind, id)
    return entity === null ? refusedByText('Not found') : done(oldForm(portal.data, kind, entity))
  }
}

function add(kind: EntityKind): RestMethod['run'] {
  return ({ params, portal, user }) => {
    const fields = anyCase(params, 'fields')
    if (!isPhpArray(fields)) return refusedByText("Parameter 'fields' must be array.")
    const result = addEntity({ ...portal, userId: user.ID }, kind, fields)
    return result.ok ? done(result.entity.ID) : wrongValue(result.field)
  }
}

function update(kind: EntityKind): RestMethod['run'] {
  return ({ params, portal, user }) => {
    const id = positiveInt(anyCase(params, 'id'))
    if (id === null) return refusedByText('ID is not defined or invalid.')
    const given = anyCase(params, 'fields')
    if (!isPhpArray(given)) return refusedByText("Parameter 'fields' must be array.")
    const entity = findEntity(portal.data, kind, id)
    if (entity === null) return refusedByText('Not found')
    const result = updateEntity({ ...portal, userId: user.ID }, kind, entity, given)
    return result.ok ? done(true) : wrongValue(result.field)
  }
}

function remove(kind: EntityKind): RestMethod['run'] {
  return ({ params, portal, user }) => {
    const id = positiveInt(anyCase(params, 'id'))
    if (id === null) return refusedByText('ID is not defined or invalid.')
    const entity = findEntity(portal.data, kind, id)
    if (entity === null) return refusedByText('Not found')
    deleteEntity({ ...portal, userId: user.ID }, kind, entity)
    return done(true)
  }
}

/** The documentation is silent about a wrong STATUS_ID; refusing it keeps the data whole. */
function wrongValue(field: string): MethodReply {
  return refusedByText(`The field '${field}' has an invalid value.`)
}

/** Unlike `crm.item.list`, it ignores filter fields that it doesn't know. */
function list(kind: EntityKind): RestMethod['run'] {
  return (call) => listOf(kind, call)
}

function listOf(kind: EntityKind, { params, portal }: RestCall): MethodReply {
  const rules = { instantOf: (text: string) => readInstant(text, portal.clock.zone) }
  const known = new Set<string>([
    ...fieldsOf(kind).map(({ name }) => name),
    ...userFieldsOf(portal.data, kind).map(({ FIELD_NAME }) => FIELD_NAME),
    ...MULTIFIELD_NAMES,
  ])
  const filter = anyCase(params, 'filter')
  const knownFilter = isPhpArray(filter)
    ? Object.fromEntries(
        Object.entries(filter).filter(([key]) => known.has(key.replace(/^[^A-Za-z]+/, ''))),
      )
    : {}
  const found = portal.data.entities[kind].filter((lead) =>
    matches(knownFilter, { ...rules, valueOf: (name) => leadValue(lead, name) }),
  )
  const order = anyCase(params, 'order') ?? { ID: 'ASC' }
  const sorted = sortRows(found, order, leadValue, rules)
  const select = phpList(anyCase(params, 'select')).map(String)
  const rows = sorted.map((lead) => selectOld(portal.data, kind, lead, select))
  return page(rows, anyCase(params, 'start'))
}

function leadValue(lead: Entity, name: string): unknown {
  return MULTIFIELD_NAMES.some((type) => type === name)
    ? lead.multifields.filter(({ TYPE_ID }) => TYPE_ID === name).map(({ VALUE }) => VALUE)
    : lead.fields[name]
}

/** `*` means fields without user fields and multifields; those are named, or `UF_*`. */
function selectOld(
  data: PortalData,
  kind: EntityKind,
  lead: Entity,
  select: readonly string[],
): OldForm {
  const fields = oldFields(kind, lead)
  if (select.length === 0) return fields
  const all = { ...fields, ...oldUserFields(data, kind, lead), ...oldMultifields(lead) }
  const isWanted = (name: string) =>
    name === 'ID' ||
    select.includes(name) ||
    (select.includes('*') && Object.hasOwn(fields, name)) ||
    (select.includes('UF_*') && name.startsWith('UF_'))
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)))
}

function fields(kind: EntityKind): RestMethod['run'] {
  return (call) => fieldsOfKind(kind, call)
}

function fieldsOfKind(kind: EntityKind, { portal }: RestCall): MethodReply {
  const own = fieldsOf(kind).map((field) => [
    field.name,
    {
      type: field.type,
      isRequired: false,
      isReadOnly: field.isReadOnly,
      isImmutable: false,
      isMultiple: field.isMultiple,
      isDynamic: false,
      ...(field.statusType === null ? {} : { statusType: field.statusType }),
      title: field.name,
    },
  ])
  const multifields = (kind === 'deal' ? [] : MULTIFIELD_NAMES).map((name) => [
    name,
    {
      type: 'crm_multifield',
      isRequired: false,
      isReadOnly: false,
      isImmutable: false,
      isMultiple: true,
      isDynamic: false,
      title: name,
    },
  ])
  const users = userFieldsOf(portal.data, kind).map((field) => [
    field.FIELD_NAME,
    {
      type: field.USER_TYPE_ID,
      isRequired: field.MANDATORY === 'Y',
      isReadOnly: false,
      isImmutable: false,
      isMultiple: field.MULTIPLE === 'Y',
      isDynamic: true,
      title: field.FIELD_NAME,
      listLabel: field.LABEL,
      formLabel: field.LABEL,
      filterLabel: field.LABEL,
    },
  ])
  return done(Object.fromEntries([...own, ...multifields, ...users]))
}
