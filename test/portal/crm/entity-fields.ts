import type { EntityKind } from '../model.ts'

/**
 * Fields of leads, companies and contacts, under both names that REST gives them
 * (Bitrix24 docs: crm-lead-fields.md, crm-company-fields.md, crm-contact-fields.md,
 * universal/object-fields.md).
 */
export interface Field {
  /** Name in `crm.lead.*` and in the data. */
  name: string
  /** Name in `crm.item.*`; null when it isn't there. */
  item: string | null
  type: FieldType
  isReadOnly: boolean
  isMultiple: boolean
  /** Dictionary of a `crm_status`. */
  statusType: string | null
}

export type FieldType =
  | 'integer'
  | 'string'
  | 'double'
  | 'char'
  | 'date'
  | 'datetime'
  | 'user'
  | 'crm_status'
  | 'crm_currency'
  | 'crm_company'
  | 'crm_contact'
  | 'crm_lead'
  | 'crm_category'

/** Types that are kept as whole numbers. */
export const NUMBER_TYPES: ReadonlySet<FieldType> = new Set([
  'integer',
  'user',
  'crm_company',
  'crm_contact',
  'crm_lead',
  'crm_category',
])

/** Names in `crm.item.*` that aren't the old name in camel case. */
const ITEM_NAMES: Record<string, string> = {
  STATUS_ID: 'stageId',
  STATUS_SEMANTIC_ID: 'stageSemanticId',
  DATE_CREATE: 'createdTime',
  DATE_MODIFY: 'updatedTime',
  CREATED_BY_ID: 'createdBy',
  MODIFY_BY_ID: 'updatedBy',
  MOVED_BY_ID: 'movedBy',
  COMPANY_TYPE: 'typeId',
  BEGINDATE: 'begindate',
  CLOSEDATE: 'closedate',
}

function field(type: FieldType, ...names: string[]): Field[] {
  return names.map((name) => ({
    name,
    item: ITEM_NAMES[name] ?? camelCase(name),
    type,
    isReadOnly: false,
    isMultiple: false,
    statusType: null,
  }))
}

function status(name: string, statusType: string): Field[] {
  return field('crm_status', name).map((one) => ({ ...one, statusType }))
}

function readOnly(fields: Field[]): Field[] {
  return fields.map((one) => ({ ...one, isReadOnly: true }))
}

function multiple(fields: Field[]): Field[] {
  return fields.map((one) => ({ ...one, isMultiple: true }))
}

/** `crm.item.*` has no parts of the address, and its `address` is always null. */
function oldOnly(fields: Field[]): Field[] {
  return fields.map((one) => ({ ...one, item: null }))
}

const ADDRESS = oldOnly([
  ...field('string', 'ADDRESS', 'ADDRESS_2', 'ADDRESS_CITY', 'ADDRESS_POSTAL_CODE'),
  ...field('string', 'ADDRESS_REGION', 'ADDRESS_PROVINCE', 'ADDRESS_COUNTRY'),
  ...field('string', 'ADDRESS_COUNTRY_CODE'),
  ...field('integer', 'ADDRESS_LOC_ADDR_ID'),
])

/** Shown by the old methods, always empty here: pictures, and the legal address. */
const UNUSED: Record<'company' | 'contact', Field[]> = {
  company: readOnly(
    oldOnly([
      ...field('string', 'LOGO', 'REG_ADDRESS', 'REG_ADDRESS_2', 'REG_ADDRESS_CITY'),
      ...field('string', 'REG_ADDRESS_POSTAL_CODE', 'REG_ADDRESS_REGION', 'REG_ADDRESS_PROVINCE'),
      ...field('string', 'REG_ADDRESS_COUNTRY', 'REG_ADDRESS_COUNTRY_CODE'),
      ...field('string', 'REG_ADDRESS_LOC_ADDR_ID', 'LAST_COMMUNICATION_TIME'),
    ]),
  ),
  contact: readOnly(oldOnly(field('string', 'PHOTO', 'FACE_ID'))),
}

const COMMON = [
  ...readOnly(field('integer', 'ID')),
  ...field('char', 'OPENED'),
  ...field('string', 'COMMENTS'),
  ...readOnly(field('char', 'HAS_PHONE', 'HAS_EMAIL', 'HAS_IMOL')),
  ...field('user', 'ASSIGNED_BY_ID'),
  ...readOnly(field('user', 'CREATED_BY_ID', 'MODIFY_BY_ID')),
  ...readOnly(field('datetime', 'DATE_CREATE', 'DATE_MODIFY')),
  ...field('string', 'ORIGINATOR_ID', 'ORIGIN_ID'),
  ...ADDRESS,
  ...field('string', 'UTM_SOURCE', 'UTM_MEDIUM', 'UTM_CAMPAIGN', 'UTM_CONTENT', 'UTM_TERM'),
  ...readOnly(field('user', 'LAST_ACTIVITY_BY')),
  ...readOnly(field('datetime', 'LAST_ACTIVITY_TIME')),
]

const PERSON = [
  ...status('HONORIFIC', 'HONORIFIC'),
  ...field('string', 'NAME', 'SECOND_NAME', 'LAST_NAME', 'POST'),
  ...field('date', 'BIRTHDATE'),
  ...status('SOURCE_ID', 'SOURCE'),
  ...field('string', 'SOURCE_DESCRIPTION'),
  ...field('crm_company', 'COMPANY_ID'),
]

/** A deal has no address and no multifields (docs: crm-deal-fields.md). */
const DEAL_COMMON = COMMON.filter(({ name }) => !/^(HAS_|ADDRESS)/.test(name))

const FIELDS: Record<EntityKind, readonly Field[]> = {
  lead: [
    ...COMMON,
    ...PERSON,
    ...field('string', 'TITLE', 'COMPANY_TITLE', 'STATUS_DESCRIPTION'),
    ...status('STATUS_ID', 'STATUS'),
    ...readOnly(field('string', 'STATUS_SEMANTIC_ID')),
    ...field('crm_currency', 'CURRENCY_ID'),
    ...field('double', 'OPPORTUNITY'),
    ...field('char', 'IS_MANUAL_OPPORTUNITY'),
    ...readOnly(field('user', 'MOVED_BY_ID')),
    ...readOnly(field('datetime', 'MOVED_TIME', 'DATE_CLOSED')),
    ...field('crm_contact', 'CONTACT_ID'),
    ...multiple(field('crm_contact', 'CONTACT_IDS')),
    ...readOnly(field('char', 'IS_RETURN_CUSTOMER')),
  ],
  company: [
    ...COMMON,
    ...UNUSED.company,
    ...field('string', 'TITLE', 'BANKING_DETAILS', 'ADDRESS_LEGAL', 'ORIGIN_VERSION'),
    ...status('COMPANY_TYPE', 'COMPANY_TYPE'),
    ...status('INDUSTRY', 'INDUSTRY'),
    ...status('EMPLOYEES', 'EMPLOYEES'),
    ...field('crm_currency', 'CURRENCY_ID'),
    ...field('double', 'REVENUE'),
    ...field('char', 'IS_MY_COMPANY'),
    ...readOnly(field('crm_lead', 'LEAD_ID')),
  ],
  contact: [
    ...COMMON,
    ...UNUSED.contact,
    ...PERSON,
    ...status('TYPE_ID', 'CONTACT_TYPE'),
    ...field('char', 'EXPORT'),
    ...field('string', 'ORIGIN_VERSION'),
    ...readOnly(field('crm_lead', 'LEAD_ID')),
  ],
  deal: [
    ...DEAL_COMMON,
    ...field('string', 'TITLE', 'ADDITIONAL_INFO', 'SOURCE_DESCRIPTION'),
    ...status('TYPE_ID', 'DEAL_TYPE'),
    ...status('STAGE_ID', 'DEAL_STAGE'),
    ...status('SOURCE_ID', 'SOURCE'),
    ...field('crm_category', 'CATEGORY_ID'),
    ...readOnly(field('string', 'STAGE_SEMANTIC_ID')),
    ...readOnly(field('char', 'IS_NEW', 'CLOSED')),
    ...field('char', 'IS_RECURRING', 'IS_RETURN_CUSTOMER', 'IS_REPEATED_APPROACH'),
    ...field('integer', 'PROBABILITY'),
    ...field('crm_currency', 'CURRENCY_ID'),
    ...field('double', 'OPPORTUNITY', 'TAX_VALUE'),
    ...field('char', 'IS_MANUAL_OPPORTUNITY'),
    ...field('crm_company', 'COMPANY_ID'),
    ...field('crm_contact', 'CONTACT_ID'),
    ...multiple(field('crm_contact', 'CONTACT_IDS')),
    ...field('date', 'BEGINDATE', 'CLOSEDATE'),
    ...readOnly(field('crm_lead', 'LEAD_ID')),
    ...readOnly(field('integer', 'QUOTE_ID', 'LOCATION_ID')),
    ...readOnly(field('user', 'MOVED_BY_ID')),
    ...readOnly(field('datetime', 'MOVED_TIME')),
  ],
}

/** Fields of a kind, without its user fields and multifields. */
export function fieldsOf(kind: EntityKind): readonly Field[] {
  return FIELDS[kind]
}

/** `entityTypeId`, also OWNER_TYPE_ID (Bitrix24 docs: crm/data-types.md#object_type). */
export const ENTITY_TYPES: readonly { id: number; kind: EntityKind; userFields: UserFieldOwner }[] =
  [
    { id: 1, kind: 'lead', userFields: 'CRM_LEAD' },
    { id: 2, kind: 'deal', userFields: 'CRM_DEAL' },
    { id: 3, kind: 'contact', userFields: 'CRM_CONTACT' },
    { id: 4, kind: 'company', userFields: 'CRM_COMPANY' },
  ]

export type UserFieldOwner = 'CRM_LEAD' | 'CRM_CONTACT' | 'CRM_COMPANY' | 'CRM_DEAL'

const TYPE_IDS: Record<EntityKind, number> = { lead: 1, deal: 2, contact: 3, company: 4 }

const USER_FIELD_OWNERS: Record<EntityKind, UserFieldOwner> = {
  lead: 'CRM_LEAD',
  deal: 'CRM_DEAL',
  contact: 'CRM_CONTACT',
  company: 'CRM_COMPANY',
}

/** The kind with this `entityTypeId`; null when the portal has no such type. */
export function kindOfType(entityTypeId: number | null): EntityKind | null {
  return ENTITY_TYPES.find(({ id }) => id === entityTypeId)?.kind ?? null
}

/** Number of a kind. */
export function typeOfKind(kind: EntityKind): number {
  return TYPE_IDS[kind]
}

/** ENTITY_ID of a kind's user fields. */
export function userFieldOwner(kind: EntityKind): UserFieldOwner {
  return USER_FIELD_OWNERS[kind]
}

/** `SOURCE_ID` → `sourceId`. */
export function camelCase(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
