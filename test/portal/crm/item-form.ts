import type { Entity, EntityKind, PortalData } from '../model.ts'
import { userFieldsOf } from './entities.ts'
import { fieldsOf, typeOfKind } from './entity-fields.ts'
import { userFieldName } from './user-field-names.ts'

/** An entity as `crm.item.*` shows it: numbers are numbers. */
export type ItemForm = Record<string, unknown>

/** Fields that exist in the answer but are switched off or kept by the portal itself. */
const ALWAYS_SAME: Record<EntityKind, ItemForm> = {
  lead: {
    dateCreateShort: null,
    dateModifyShort: null,
    isConvert: null,
    productId: null,
    shortName: null,
    address: null,
    webformId: 0,
    login: null,
    skype: null,
    icq: null,
    imol: '',
    observers: [],
  },
  company: { address: null, categoryId: 0, imol: '', observers: [] },
  contact: { shortName: null, address: null, categoryId: 0, login: null, imol: '', observers: [] },
  deal: { webformId: 0, observers: [] },
}

/** All that `crm.item.get` and `select: ['*']` answer. */
export function itemForm(
  data: PortalData,
  kind: EntityKind,
  entity: Entity,
  hasOriginalNames: boolean,
): ItemForm {
  const item: ItemForm = {}
  for (const { name, item: itemName, isMultiple, type } of fieldsOf(kind)) {
    if (itemName === null) continue
    const value = entity.fields[name] ?? (isMultiple ? [] : null)
    item[itemName] = value === null && isLink(type) ? 0 : value
  }
  Object.assign(item, ALWAYS_SAME[kind], linksOf(data, kind, entity))
  if (kind !== 'deal') Object.assign(item, firstValues(entity), { fm: multifieldsOf(entity) })
  for (const { FIELD_NAME, MULTIPLE, USER_TYPE_ID } of userFieldsOf(data, kind)) {
    const value = entity.fields[FIELD_NAME] ?? (MULTIPLE === 'Y' ? [] : null)
    item[userFieldName(FIELD_NAME, hasOriginalNames)] =
      USER_TYPE_ID === 'boolean' ? (value === true ? 'Y' : 'N') : value
  }
  item.entityTypeId = typeOfKind(kind)
  return item
}

/** Empty links are 0 in `crm.item.*`. */
function isLink(type: string): boolean {
  return type === 'crm_company' || type === 'crm_contact'
}

/** Links between companies and contacts, which are kept at the contact. */
function linksOf(data: PortalData, kind: EntityKind, { ID, fields }: Entity): ItemForm {
  switch (kind) {
    case 'lead':
    case 'deal':
      return {}
    case 'company': {
      const contacts = data.entities.contact.filter(({ fields: one }) => one.COMPANY_ID === ID)
      return { contactIds: contacts.map((contact) => contact.ID) }
    }
    case 'contact':
      return { companyIds: fields.COMPANY_ID ? [fields.COMPANY_ID] : [] }
  }
}

/** `phone`, `phoneWork`, `emailWork` …: flat copies of the first values. */
function firstValues(entity: Entity): ItemForm {
  const first = (type: string, valueType?: string) =>
    entity.multifields.find(
      ({ TYPE_ID, VALUE_TYPE }) => TYPE_ID === type && (valueType ?? VALUE_TYPE) === VALUE_TYPE,
    )?.VALUE ?? ''
  return {
    phone: first('PHONE'),
    phoneMobile: first('PHONE', 'MOBILE'),
    phoneWork: first('PHONE', 'WORK'),
    phoneMailing: first('PHONE', 'MAILING'),
    email: first('EMAIL'),
    emailHome: first('EMAIL', 'HOME'),
    emailWork: first('EMAIL', 'WORK'),
    emailMailing: first('EMAIL', 'MAILING'),
  }
}

function multifieldsOf({ multifields }: Entity): ItemForm[] {
  return multifields.map(({ ID, VALUE_TYPE, VALUE, TYPE_ID }) => ({
    id: ID,
    valueType: VALUE_TYPE,
    value: VALUE,
    typeId: TYPE_ID,
  }))
}
