import type { CardKind, Entity, Multifield, PortalData, PortalUser, Status } from '../model.ts'

/** Bitrix24's numbers for the kinds (`entityTypeId`, `OWNER_TYPE_ID`). */
export const ENTITY_TYPE_ID: Record<CardKind, number> = { lead: 1, contact: 3, company: 4 }

/** A field as text; what is absent is the empty string. */
export function fieldText(entity: Entity, name: string): string {
  const value = entity.fields[name]
  if (value === null || value === undefined || value === false) return ''
  return Array.isArray(value) ? value.join(', ') : String(value)
}

export function findEntity(data: PortalData, kind: CardKind, id: number): Entity | null {
  return data.entities[kind].find((entity) => entity.ID === id) ?? null
}

export function multifields(entity: Entity, type: Multifield['TYPE_ID']): Multifield[] {
  return entity.multifields.filter((field) => field.TYPE_ID === type)
}

/** «Name Last name» of a lead or contact. */
export function personName(entity: Entity): string {
  return ['LAST_NAME', 'NAME', 'SECOND_NAME']
    .map((name) => fieldText(entity, name))
    .filter(Boolean)
    .join(' ')
}

/** What stands in `#pagetitle`: TITLE, or a contact's name. */
export function entityTitle(kind: CardKind, entity: Entity): string {
  return (kind === 'contact' ? personName(entity) : fieldText(entity, 'TITLE')) || `#${entity.ID}`
}

export function userName(data: PortalData, id: unknown): string {
  const user = data.users.find((candidate) => candidate.ID === Number(id))
  return user ? fullName(user) : ''
}

export function fullName(user: PortalUser): string {
  return `${user.NAME} ${user.LAST_NAME}`.trim()
}

/** Rows of one dictionary (`STATUS`, `SOURCE`, …) in their order. */
export function dictionary(data: PortalData, entityId: string): Status[] {
  return data.statuses
    .filter((status) => status.ENTITY_ID === entityId)
    .toSorted((a, b) => a.SORT - b.SORT)
}

export function statusName(data: PortalData, entityId: string, statusId: string): string {
  const found = data.statuses.find(
    (status) => status.ENTITY_ID === entityId && status.STATUS_ID === statusId,
  )
  return found?.NAME ?? statusId
}

export function detailsUrl(kind: CardKind, id: number): string {
  return `/crm/${kind}/details/${id}/`
}

/** Contacts and companies bound to a card, in the order of the client block. */
export function clientsOf(
  data: PortalData,
  kind: CardKind,
  entity: Entity,
): { kind: CardKind; entity: Entity }[] {
  if (kind === 'company') {
    return data.entities.contact
      .filter((contact) => Number(contact.fields.COMPANY_ID) === entity.ID)
      .map((contact) => ({ kind: 'contact' as const, entity: contact }))
  }
  const company = findEntity(data, 'company', Number(entity.fields.COMPANY_ID))
  const contact =
    kind === 'lead' ? findEntity(data, 'contact', Number(entity.fields.CONTACT_ID)) : null
  return [
    ...(company ? [{ kind: 'company' as const, entity: company }] : []),
    ...(contact ? [{ kind: 'contact' as const, entity: contact }] : []),
  ]
}
