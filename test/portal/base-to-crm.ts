import { type BaseRow, splitAddress } from '../../lib/base-import/index.ts'
import type { PortalClock } from './clock.ts'
import { addEntity, type FieldValues } from './crm/entities.ts'
import type { EntityKind, PortalData } from './model.ts'
import { USER_IDS } from './seed.ts'

/**
 * Puts a base into the CRM (requirement 000-23): each row becomes a company, its contact, and a
 * lead linked to both. In an empty portal the leads' ids are 1, 2, 3 … in the order of rows.
 */
export function loadBase(data: PortalData, clock: PortalClock, rows: readonly BaseRow[]): void {
  for (const row of rows) loadRow(data, clock, row)
}

function loadRow(data: PortalData, clock: PortalClock, row: BaseRow): void {
  const add = (kind: EntityKind, fields: FieldValues): number => {
    const result = addEntity({ data, clock, userId: USER_IDS.operator }, kind, fields)
    if (!result.ok) throw new Error(`the base can't be loaded: ${result.field}`)
    return result.entity.ID
  }
  const title = row.company || row.phones[0] || `Строка ${row.row}`
  const reach = { PHONE: row.phones.map(phone), EMAIL: row.emails.map(workValue) }
  const address = addressFields(row.address)
  const source = { SOURCE_ID: 'OTHER', SOURCE_DESCRIPTION: row.source }
  const companyId = add('company', {
    TITLE: title,
    COMMENTS: row.category,
    COMPANY_TYPE: 'CUSTOMER',
    ...address,
    ...reach,
  })
  const person = { ...splitName(row.contact.name), POST: row.contact.role }
  const hasContact = row.contact.name !== ''
  const contactId = hasContact
    ? add('contact', { ...person, ...source, ...reach, COMPANY_ID: companyId })
    : null
  add('lead', {
    TITLE: title,
    COMPANY_TITLE: title,
    ...person,
    ...source,
    ...address,
    ...reach,
    COMMENTS: row.category,
    COMPANY_ID: companyId,
    ...(contactId === null ? {} : { CONTACT_ID: contactId }),
  })
}

function workValue(VALUE: string) {
  return { VALUE, VALUE_TYPE: 'WORK' }
}

const MOBILE = /^\+?(?:79|380(?:39|50|6[36-8]|73|9[1-9]))/

function phone(VALUE: string) {
  return { VALUE, VALUE_TYPE: MOBILE.test(VALUE) ? 'MOBILE' : 'WORK' }
}

/** «Богдан Степанович» is a name with a patronymic; a third word is the family name. */
function splitName(name: string): FieldValues {
  const words = name.split(' ').filter((word) => word !== '')
  if (words.length >= 3) {
    const [LAST_NAME, NAME, ...rest] = words
    return { LAST_NAME, NAME, SECOND_NAME: rest.join(' ') }
  }
  const [NAME = '', SECOND_NAME = ''] = words
  return { NAME, SECOND_NAME }
}

/** ADDRESS keeps the whole text; the parts stand beside it as far as they are known. */
function addressFields(address: string): FieldValues {
  const parts = splitAddress(address)
  return {
    ADDRESS: address,
    ADDRESS_CITY: parts.city,
    ADDRESS_REGION: parts.region,
    ADDRESS_POSTAL_CODE: parts.postalCode,
    ADDRESS_COUNTRY: parts.country,
  }
}
