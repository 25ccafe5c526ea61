import { readInstant } from '../../clock.ts'
import { addEntity, updateEntity, userFieldsOf } from '../../crm/entities.ts'
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

const LEADS = 'api-reference/crm/leads'
const COMPANIES = 'api-reference/crm/companies'
const CONTACTS = 'api-reference/crm/contacts'

/** The old methods of leads, companies and contacts: frozen, but still there. */
export const crmEntityMethods: readonly RestMethod[] = [
  { name: 'crm.lead.get', scope: 'crm', docs: `${LEADS}/crm-lead-get.md`, run: get('lead') },
  { name: 'crm.lead.list', scope: 'crm', docs: `${LEADS}/crm-lead-list.md`, run: listLeads },
  { name: 'crm.lead.add', scope: 'crm', docs: `${LEADS}/crm-lead-add.md`, run: add('lead') },
  { name: 'crm.lead.update', scope: 'crm', docs: `${LEADS}/crm-lead-update.md`, run: updateLead },
  { name: 'crm.lead.fields', scope: 'crm', docs: `${LEADS}/crm-lead-fields.md`, run: leadFields },
  {
    name: 'crm.company.get',
    scope: 'crm',
    docs: `${COMPANIES}/crm-company-get.md`,
    run: get('company'),
  },
  {
    name: 'crm.company.add',
    scope: 'crm',
    docs: `${COMPANIES}/crm-company-add.md`,
    run: add('company'),
  },
  {
    name: 'crm.contact.get',
    scope: 'crm',
    docs: `${CONTACTS}/crm-contact-get.md`,
    run: get('contact'),
  },
  {
    name: 'crm.contact.add',
    scope: 'crm',
    docs: `${CONTACTS}/crm-contact-add.md`,
    run: add('contact'),
  },
]

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

function updateLead({ params, portal, user }: RestCall): MethodReply {
  const id = positiveInt(anyCase(params, 'id'))
  if (id === null) return refusedByText('ID is not defined or invalid.')
  const fields = anyCase(params, 'fields')
  if (!isPhpArray(fields)) return refusedByText("Parameter 'fields' must be array.")
  const entity = findEntity(portal.data, 'lead', id)
  if (entity === null) return refusedByText('Not found')
  const result = updateEntity({ ...portal, userId: user.ID }, 'lead', entity, fields)
  return result.ok ? done(true) : wrongValue(result.field)
}

/** The documentation is silent about a wrong STATUS_ID; refusing it keeps the data whole. */
function wrongValue(field: string): MethodReply {
  return refusedByText(`The field '${field}' has an invalid value.`)
}

/** Unlike `crm.item.list`, it ignores filter fields that it doesn't know. */
function listLeads({ params, portal }: RestCall): MethodReply {
  const rules = { instantOf: (text: string) => readInstant(text, portal.clock.zone) }
  const known = new Set<string>([
    ...fieldsOf('lead').map(({ name }) => name),
    ...userFieldsOf(portal.data, 'lead').map(({ FIELD_NAME }) => FIELD_NAME),
    ...MULTIFIELD_NAMES,
  ])
  const filter = anyCase(params, 'filter')
  const knownFilter = isPhpArray(filter)
    ? Object.fromEntries(
        Object.entries(filter).filter(([key]) => known.has(key.replace(/^[^A-Za-z]+/, ''))),
      )
    : {}
  const found = portal.data.entities.lead.filter((lead) =>
    matches(knownFilter, { ...rules, valueOf: (name) => leadValue(lead, name) }),
  )
  const order = anyCase(params, 'order') ?? { ID: 'ASC' }
  const sorted = sortRows(found, order, leadValue, rules)
  const select = phpList(anyCase(params, 'select')).map(String)
  const rows = sorted.map((lead) => selectOld(portal.data, lead, select))
  return page(rows, anyCase(params, 'start'))
}

function leadValue(lead: Entity, name: string): unknown {
  return MULTIFIELD_NAMES.some((type) => type === name)
    ? lead.multifields.filter(({ TYPE_ID }) => TYPE_ID === name).map(({ VALUE }) => VALUE)
    : lead.fields[name]
}

/** `*` means fields without user fields and multifields; those are named, or `UF_*`. */
function selectOld(data: PortalData, lead: Entity, select: readonly string[]): OldForm {
  const fields = oldFields('lead', lead)
  if (select.length === 0) return fields
  const all = { ...fields, ...oldUserFields(data, 'lead', lead), ...oldMultifields(lead) }
  const isWanted = (name: string) =>
    name === 'ID' ||
    select.includes(name) ||
    (select.includes('*') && Object.hasOwn(fields, name)) ||
    (select.includes('UF_*') && name.startsWith('UF_'))
  return Object.fromEntries(Object.entries(all).filter(([name]) => isWanted(name)))
}

function leadFields({ portal }: RestCall): MethodReply {
  const own = fieldsOf('lead').map((field) => [
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
  const multifields = MULTIFIELD_NAMES.map((name) => [
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
  const users = userFieldsOf(portal.data, 'lead').map((field) => [
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
