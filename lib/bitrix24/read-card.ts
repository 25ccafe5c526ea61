import type { AttemptRecord } from '../contracts/attempt.ts'
import {
  type CardDetails,
  type CardPhone,
  type CardRef,
  ENTITY_TYPE_ID,
  type OpenTodo,
} from '../contracts/card.ts'
import type { Result } from '../contracts/common.ts'
import type { MethodResult } from './answer.ts'
import { type Command, type Param, reference } from './batch.ts'
import {
  type ActivityRow,
  ActivityRows,
  AddressResult,
  type Item,
  ItemResult,
} from './card-rows.ts'
import type { BatchResult, BitrixClient } from './client.ts'
import { type BitrixError, errorOf } from './errors.ts'
import { ORIGINATOR_ID, readMark } from './mark.ts'

export interface ReadCardOptions {
  client: BitrixClient
  /** Reads the record out of an activity's description; null = there is none. */
  parseRecord(description: string): AttemptRecord | null
  /** A number as written → E.164; null = it can't be dialled as it stands. */
  normalise(raw: string): string | null
  /** The client's IANA zone by city and numbers; null = unknown. */
  timeZoneOf?(city: string | null, numbers: readonly string[]): string | null
  signal?: AbortSignal
}

export interface CardReadout {
  details: CardDetails
  /** Results of all operators, oldest first, each once; the newest 50. */
  history: AttemptRecord[]
  /** Open to-dos by deadline; the first 50. */
  todos: OpenTodo[]
}

const CONTACT = 3
const COMPANY = ENTITY_TYPE_ID.company

/** Failures of a part (company, contact, city) that mean «there is none», not «ask again». */
const MEANS_NONE: ReadonlySet<BitrixError['reason']> = new Set([
  'not_found',
  'forbidden',
  'invalid',
  'method_unknown',
])

/**
 * Reads all that the panel needs of a card in one request (requirement: two requests a lead):
 * the entity with its company and contact, our records, the open to-dos.
 */
export async function readCard(
  card: CardRef,
  options: ReadCardOptions,
): Promise<Result<CardReadout, BitrixError>> {
  const { client, signal } = options
  const answer = await client.batch(commandsFor(card), {
    halt: 0,
    write: false,
    ...(signal === undefined ? {} : { signal }),
  })
  if (!answer.ok) return { ok: false, reason: answer.error }
  const trouble = firstTrouble(answer.value)
  if (trouble !== null) return { ok: false, reason: trouble }

  const entity = itemOf(answer.value, 'entity')
  const records = rowsOf(answer.value, 'records')
  const todos = rowsOf(answer.value, 'todos')
  if (entity === null || records === null || todos === null) {
    const refusal = { status: null, code: '', text: 'an answer of an unknown shape' }
    return { ok: false, reason: errorOf('protocol', refusal) }
  }
  const parts: Parts = {
    entity,
    company: card.kind === 'company' ? entity : itemOf(answer.value, 'company'),
    contact: itemOf(answer.value, 'contact'),
    city: cityOf(answer.value),
  }
  return {
    ok: true,
    value: {
      details: detailsOf(card, parts, options),
      history: historyOf(records, options.parseRecord),
      todos: todos.map(todoOf),
    },
  }
}

function commandsFor(card: CardRef): Record<string, Command> {
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

/** What forbids to go on: any failure, except that a part is simply not there. */
function firstTrouble(answers: BatchResult): BitrixError | null {
  for (const [key, answer] of answers) {
    const isPart = key === 'company' || key === 'contact' || key === 'address'
    if (!answer.ok && !(isPart && MEANS_NONE.has(answer.error.reason))) return answer.error
  }
  return null
}

function resultOf(answers: BatchResult, key: string): MethodResult['result'] {
  const answer = answers.get(key)
  return answer?.ok ? answer.value.result : null
}

function itemOf(answers: BatchResult, key: string): Item | null {
  const parsed = ItemResult.safeParse(resultOf(answers, key))
  return parsed.success ? parsed.data.item : null
}

function rowsOf(answers: BatchResult, key: string): ActivityRow[] | null {
  const parsed = ActivityRows.safeParse(resultOf(answers, key))
  return parsed.success ? parsed.data : null
}

function cityOf(answers: BatchResult): string | null {
  const parsed = AddressResult.safeParse(resultOf(answers, 'address'))
  return parsed.success ? parsed.data.ADDRESS_CITY : null
}

interface Parts {
  entity: Item
  company: Item | null
  contact: Item | null
  city: string | null
}

function detailsOf(card: CardRef, parts: Parts, options: ReadCardOptions): CardDetails {
  const { entity, company, contact, city } = parts
  const phones = phonesOf([entity, contact, company], options.normalise)
  const numbers = phones.flatMap(({ e164 }) => (e164 === null ? [] : [e164]))
  return {
    card,
    title: entity.title ?? '',
    company: company?.title ?? entity.companyTitle,
    contact: (contact && nameOf(contact)) ?? nameOf(entity),
    role: contact?.post ?? entity.post,
    phones,
    emails: [...new Set(valuesOf([entity, contact, company], 'EMAIL').map(({ value }) => value))],
    city,
    timeZone: options.timeZoneOf?.(city, numbers) ?? null,
    stageId: entity.stageId,
    responsibleId: entity.assignedById,
    readAt: new Date(options.client.now()).toISOString(),
  }
}

function nameOf({ name, secondName, lastName }: Item): string | null {
  return [name, secondName, lastName].filter((part) => part !== null).join(' ') || null
}

function valuesOf(items: readonly (Item | null)[], typeId: string) {
  return items
    .flatMap((item) => item?.fm ?? [])
    .filter((field) => field.typeId === typeId && field.value.trim() !== '')
}

/** Every number once; the card's own first, then the contact's and the company's. */
function phonesOf(
  items: readonly (Item | null)[],
  normalise: ReadCardOptions['normalise'],
): CardPhone[] {
  const phones = new Map<string, CardPhone>()
  for (const { value: raw, valueType: label } of valuesOf(items, 'PHONE')) {
    const e164 = normalise(raw)
    const key = e164 ?? raw
    if (!phones.has(key)) phones.set(key, { raw, e164, label })
  }
  return [...phones.values()]
}

/** A record that got in twice is one result; what others wrote under our name is none. */
function historyOf(
  rows: readonly ActivityRow[],
  parseRecord: ReadCardOptions['parseRecord'],
): AttemptRecord[] {
  const records = new Map<string, AttemptRecord>()
  for (const { DESCRIPTION } of rows) {
    const record = parseRecord(DESCRIPTION ?? '')
    if (record !== null) records.set(record.attemptId, record)
  }
  return [...records.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function todoOf(row: ActivityRow): OpenTodo {
  return {
    id: row.ID,
    title: row.SUBJECT ?? '',
    deadline: row.DEADLINE,
    responsibleId: row.RESPONSIBLE_ID,
    attemptId: readMark(row.DESCRIPTION ?? '')?.attemptId ?? null,
  }
}
