import { nextId } from '../../crm/ids.ts'
import type { UserField } from '../../model.ts'
import { matches } from '../filter.ts'
import { sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { anyCase } from '../params.ts'
import { isPhpArray, phpList, phpText } from '../php.ts'
import { done, type MethodReply, refused, refusedByText } from '../reply.ts'

const DOCS = 'api-reference/crm/leads/userfield'
const TYPES = new Set([
  'string',
  'integer',
  'double',
  'boolean',
  'datetime',
  'date',
  'money',
  'url',
  'address',
  'enumeration',
  'employee',
  'crm_status',
  'crm',
])

/** Custom fields of leads. */
export const userFieldMethods: readonly RestMethod[] = [
  {
    name: 'crm.lead.userfield.add',
    scope: 'crm',
    docs: `${DOCS}/crm-lead-userfield-add.md`,
    run: add,
  },
  {
    name: 'crm.lead.userfield.list',
    scope: 'crm',
    docs: `${DOCS}/crm-lead-userfield-list.md`,
    run: list,
  },
]

function add({ params, portal, user }: RestCall): MethodReply {
  if (!user.ADMIN) return refusedByText('Access denied.')
  const fields = anyCase(params, 'fields')
  if (!isPhpArray(fields)) return refusedByText("Parameter 'fields' must be array.")
  const type = phpText(fields.USER_TYPE_ID) ?? ''
  if (type === '') return refusedByText("The 'USER_TYPE_ID' field is not found.")
  const given = (phpText(fields.FIELD_NAME) ?? '').toUpperCase()
  if (given === '') return refusedByText("The 'FIELD_NAME' field is not found.")
  const name = given.startsWith('UF_CRM_') ? given : `UF_CRM_${given}`
  if (name.length > 50) return coreError('Field name is too long (more than 50 characters).')
  if (!/^[A-Z0-9_]+$/.test(name)) {
    return coreError(
      'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.',
    )
  }
  if (!TYPES.has(type)) return coreError('Invalid custom type specified.')
  if (portal.data.userFields.some((one) => isLeadField(one) && one.FIELD_NAME === name)) {
    return coreError(`Field ${name} for CRM_LEAD already exists.`)
  }
  const field: UserField = {
    ID: nextId(portal.data, 'userField'),
    ENTITY_ID: 'CRM_LEAD',
    FIELD_NAME: name,
    USER_TYPE_ID: type,
    MULTIPLE: fields.MULTIPLE === 'Y' ? 'Y' : 'N',
    MANDATORY: fields.MANDATORY === 'Y' ? 'Y' : 'N',
    LABEL: labelOf(fields) ?? name,
    SORT: Number(phpText(fields.SORT) ?? 100) || 100,
    XML_ID: phpText(fields.XML_ID),
    SHOW_FILTER: phpText(fields.SHOW_FILTER) ?? 'N',
    LIST: type === 'enumeration' ? readList(portal.data, fields.LIST) : [],
  }
  portal.data.userFields.push(field)
  return done(field.ID)
}

function list({ params, portal }: RestCall): MethodReply {
  const filter = anyCase(params, 'filter') ?? {}
  if (!isPhpArray(filter)) return refusedByText("Parameter 'filter' must be array.")
  const order = anyCase(params, 'order') ?? { ID: 'ASC' }
  if (!isPhpArray(order)) return refusedByText("Parameter 'order' must be array.")
  const { LANG: language, ...conditions } = filter
  const rules = { instantOf: () => null }
  const rows = portal.data.userFields
    .filter(isLeadField)
    .map((field) => listRow(field, language !== undefined))
    .filter((row) => matches(conditions, { ...rules, valueOf: (name) => row[name] }))
  const sorted = sortRows(rows, order, (row, name) => row[name], rules)
  return { ...done(sorted), total: sorted.length }
}

/** Labels come only with a language in the filter. */
function listRow(field: UserField, hasLabels: boolean): Record<string, unknown> {
  const labels = hasLabels
    ? {
        EDIT_FORM_LABEL: field.LABEL,
        LIST_COLUMN_LABEL: field.LABEL,
        LIST_FILTER_LABEL: field.LABEL,
        ERROR_MESSAGE: null,
        HELP_MESSAGE: null,
      }
    : {}
  return {
    ID: String(field.ID),
    ENTITY_ID: field.ENTITY_ID,
    FIELD_NAME: field.FIELD_NAME,
    USER_TYPE_ID: field.USER_TYPE_ID,
    XML_ID: field.XML_ID ?? null,
    SORT: String(field.SORT ?? 100),
    MULTIPLE: field.MULTIPLE,
    MANDATORY: field.MANDATORY,
    SHOW_FILTER: field.SHOW_FILTER ?? 'N',
    SHOW_IN_LIST: 'Y',
    EDIT_IN_LIST: 'Y',
    IS_SEARCHABLE: 'N',
    SETTINGS: [],
    ...labels,
    ...(field.USER_TYPE_ID === 'enumeration' ? { LIST: (field.LIST ?? []).map(listItem) } : {}),
  }
}

function listItem(item: NonNullable<UserField['LIST']>[number]) {
  return { ...item, ID: String(item.ID), SORT: String(item.SORT) }
}

function readList(data: RestCall['portal']['data'], value: unknown): UserField['LIST'] & {} {
  return phpList(value)
    .filter(isPhpArray)
    .map((item, index) => ({
      ID: nextId(data, 'enumeration'),
      SORT: Number(phpText(item.SORT) ?? (index + 1) * 10),
      VALUE: phpText(item.VALUE) ?? '',
      DEF: item.DEF === 'Y' ? 'Y' : 'N',
      XML_ID: phpText(item.XML_ID) ?? '',
    }))
}

function labelOf(fields: Record<string, unknown>): string | null {
  const form = fields.EDIT_FORM_LABEL
  const label = isPhpArray(form) ? Object.values(form)[0] : (form ?? fields.LABEL)
  return phpText(label)
}

function isLeadField({ ENTITY_ID }: UserField): boolean {
  return ENTITY_ID === 'CRM_LEAD'
}

function coreError(text: string): MethodReply {
  return refused('ERROR_CORE', text)
}
