import { type CardRef, ENTITY_TYPE_ID } from '../contracts/card.ts'
import { type Command, type Param, reference } from './batch.ts'
import { ORIGINATOR_ID } from './mark.ts'

const CONTACT = 3
const COMPANY = ENTITY_TYPE_ID.company

/**
 * The batch that reads a card. Company and contact are asked for by what the entity's own answer
 * says; where it says nothing, those two commands fail alone. `crm.lead.get`, whose development
 * is halted, is the only method that tells the city.
 */
export function commandsFor(card: CardRef): Record<string, Command> {
  const owner = { OWNER_TYPE_ID: ENTITY_TYPE_ID[card.kind], OWNER_ID: card.id }
  const entity = { entity: getItem(ENTITY_TYPE_ID[card.kind], card.id) }
  const company =
    card.kind === 'lead'
      ? { company: getItem(COMPANY, reference('entity', 'item', 'companyId')) }
      : {}
  const contactId =
    card.kind === 'lead'
      ? reference('entity', 'item', 'contactId')
      : reference('entity', 'item', 'contactIds', 0)
  return {
    ...entity,
    ...company,
    contact: getItem(CONTACT, contactId),
    address: { method: `crm.${card.kind}.get`, params: { id: card.id } },
    records: {
      method: 'crm.activity.list',
      params: {
        filter: { ...owner, ORIGINATOR_ID },
        order: { ID: 'DESC' },
        select: ['ID', 'DESCRIPTION', 'ORIGIN_ID'],
      },
    },
    todos: {
      method: 'crm.activity.list',
      params: {
        filter: { ...owner, PROVIDER_ID: 'CRM_TODO', COMPLETED: 'N' },
        order: { DEADLINE: 'ASC' },
        select: ['ID', 'SUBJECT', 'DESCRIPTION', 'DEADLINE', 'RESPONSIBLE_ID'],
      },
    },
  }
}

function getItem(entityTypeId: number, id: Param): Command {
  return { method: 'crm.item.get', params: { entityTypeId, id, useOriginalUfNames: 'Y' } }
}
