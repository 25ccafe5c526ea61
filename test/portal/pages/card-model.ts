import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CardKind, Entity, Multifield } from '../model.ts'
import { bbCode } from './bb-code.ts'
import { formatModelDate } from './dates.ts'
import {
  clientsOf,
  detailsUrl,
  ENTITY_TYPE_ID,
  entityTitle,
  fieldText,
  multifields,
  personName,
  statusName,
  userName,
} from './entities.ts'
import { emailLink, formatPhone, messengerLink, phoneLink, webLink } from './phone-link.ts'
import { type Texts, textOr } from './text.ts'
import type { PageContext } from './types.ts'

const MULTIFIELD_TYPES: Multifield['TYPE_ID'][] = ['PHONE', 'EMAIL', 'WEB', 'IM']
const DATE_FIELDS = ['DATE_CREATE', 'DATE_MODIFY', 'DATE_CLOSED', 'BIRTHDATE']

/**
 * The `data` of a card's inline model script: the server's snapshot at load. Plain values are
 * strings, as PHP has them from the database; user fields are `{SIGNATURE, IS_EMPTY | VALUE}`.
 */
export function cardModel(
  kind: CardKind,
  entity: Entity,
  context: PageContext,
  texts: Texts,
): Record<string, unknown> {
  const { data, user } = context
  const plain = Object.keys(entity.fields)
    .filter((name) => !name.startsWith('UF_'))
    .map((name) => [
      name,
      DATE_FIELDS.includes(name)
        ? formatModelDate(entity.fields[name], user.TIME_ZONE)
        : fieldText(entity, name),
    ])
  return {
    ...Object.fromEntries(plain),
    ID: String(entity.ID),
    TITLE: entityTitle(kind, entity),
    FULL_NAME: personName(entity),
    ASSIGNED_BY_NAME: userName(data, entity.fields.ASSIGNED_BY_ID),
    SOURCE_ID_NAME: statusName(data, 'SOURCE', fieldText(entity, 'SOURCE_ID')),
    INDUSTRY_NAME: statusName(data, 'INDUSTRY', fieldText(entity, 'INDUSTRY')),
    COMMENTS_HTML: bbCode(fieldText(entity, 'COMMENTS')).text,
    ...Object.fromEntries(
      MULTIFIELD_TYPES.map((type) => [
        type,
        multifields(entity, type).map((field) =>
          modelMultifield(field, kind, entity, context, texts),
        ),
      ]),
    ),
    MULTIFIELD_DATA: multifieldData(kind, entity, context, texts),
    CLIENT_INFO: clientInfo(kind, entity, context),
    ...userFields(kind, entity, context),
  }
}

function modelMultifield(
  field: Multifield,
  kind: CardKind,
  entity: Entity,
  context: PageContext,
  texts: Texts,
): Record<string, unknown> {
  const type = textOr(texts, `type${field.VALUE_TYPE}`, field.VALUE_TYPE)
  return {
    ID: String(field.ID),
    VALUE: field.VALUE,
    VALUE_TYPE: field.VALUE_TYPE,
    VALUE_EXTRA: { COUNTRY_CODE: parsePhoneNumberFromString(field.VALUE)?.country ?? '' },
    VIEW_DATA: { value: viewHtml(field, kind, entity, context), type },
  }
}

/** Server-made markup of one value; the editor puts it in as innerHTML. */
function viewHtml(field: Multifield, kind: CardKind, entity: Entity, context: PageContext): string {
  switch (field.TYPE_ID) {
    case 'PHONE':
      return phoneLink(field.VALUE, { kind, id: entity.ID }, context.phoneFormat).text
    case 'EMAIL':
      return emailLink(field.VALUE).text
    case 'WEB':
    case 'LINK':
      return webLink(field.VALUE).text
    case 'IM':
      return messengerLink(field.VALUE).text
  }
}

/** Values of the card and of its clients, keyed `entityTypeId_id`. */
function multifieldData(
  kind: CardKind,
  entity: Entity,
  context: PageContext,
  texts: Texts,
): Record<string, Record<string, unknown[]>> {
  const owners = [{ kind, entity }, ...clientsOf(context.data, kind, entity)]
  const result: Record<string, Record<string, unknown[]>> = {}
  for (const type of MULTIFIELD_TYPES) {
    for (const owner of owners) {
      const values = multifields(owner.entity, type)
      if (values.length === 0) continue
      const ownerTypeId = ENTITY_TYPE_ID[owner.kind]
      result[type] ??= {}
      result[type][`${ownerTypeId}_${owner.entity.ID}`] = values.map((field) => ({
        ID: String(field.ID),
        VALUE: field.VALUE,
        VALUE_TYPE: field.VALUE_TYPE,
        VALUE_FORMATTED: type === 'PHONE' ? formatPhone(field.VALUE) : field.VALUE,
        COMPLEX_NAME: textOr(texts, `type${field.VALUE_TYPE}`, field.VALUE_TYPE),
        OWNER: {
          ID: String(owner.entity.ID),
          TYPE_ID: ownerTypeId,
          TITLE: entityTitle(owner.kind, owner.entity),
        },
      }))
    }
  }
  return result
}

/** What the client block draws; its calls go through a JS listener, not through links. */
function clientInfo(kind: CardKind, entity: Entity, context: PageContext): unknown[] {
  return clientsOf(context.data, kind, entity).map((client) => ({
    typeName: client.kind,
    id: client.entity.ID,
    title: entityTitle(client.kind, client.entity),
    url: detailsUrl(client.kind, client.entity.ID),
    post: fieldText(client.entity, 'POST'),
    phones: multifields(client.entity, 'PHONE').map((field) => ({
      value: field.VALUE,
      formatted: formatPhone(field.VALUE),
    })),
    emails: multifields(client.entity, 'EMAIL').map((field) => field.VALUE),
  }))
}

function userFields(kind: CardKind, entity: Entity, context: PageContext): Record<string, unknown> {
  const known = context.data.userFields.filter(
    (field) => field.ENTITY_ID === `CRM_${kind.toUpperCase()}`,
  )
  return Object.fromEntries(
    known.map((field) => {
      const value = entity.fields[field.FIELD_NAME]
      const isEmpty = value === undefined || value === null || value === '' || value === false
      const signature = `${field.FIELD_NAME}.sandbox`
      return [
        field.FIELD_NAME,
        isEmpty ? { SIGNATURE: signature, IS_EMPTY: true } : { SIGNATURE: signature, VALUE: value },
      ]
    }),
  )
}
