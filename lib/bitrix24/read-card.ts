import type { AttemptRecord } from '../contracts/attempt.ts'
import type { CardDetails, CardRef, OpenTodo } from '../contracts/card.ts'
import type { Result } from '../contracts/common.ts'
import type { MethodResult } from './answer.ts'
import { commandsFor } from './card-commands.ts'
import { type CardParts, type CardReaders, detailsOf } from './card-details.ts'
import {
  type ActivityRow,
  ActivityRows,
  AddressResult,
  type Item,
  ItemResult,
} from './card-rows.ts'
import type { BatchResult, BitrixClient } from './client.ts'
import { type BitrixError, errorOf } from './errors.ts'
import { readMark } from './mark.ts'

export interface ReadCardOptions extends CardReaders {
  client: BitrixClient
  /** Reads the record out of an activity's description; null = there is none. */
  parseRecord(description: string): AttemptRecord | null
  /** Further fields of the entity to read, by the names of `crm.item.get`. */
  fields?: readonly string[]
  signal?: AbortSignal
}

export interface CardReadout {
  details: CardDetails
  /** Results of all operators, oldest first, each once; the newest 50. */
  history: AttemptRecord[]
  /** Open to-dos by deadline; the first 50. */
  todos: OpenTodo[]
}

/** Failures of a part (company, contact, city) that mean «there is none», not «ask again». */
const MEANS_NONE: ReadonlySet<BitrixError['reason']> = new Set([
  'not_found',
  'forbidden',
  'invalid',
  'method_unknown',
])

/**
 * Reads all that the panel needs of a card in one request (two requests a lead: docs/adr/0007):
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
  const parts: CardParts = {
    entity,
    company: card.kind === 'company' ? entity : itemOf(answer.value, 'company'),
    contact: itemOf(answer.value, 'contact'),
    city: cityOf(answer.value),
  }
  return {
    ok: true,
    value: {
      details: detailsOf(card, parts, { ...options, now: client.now() }),
      history: historyOf(records, options.parseRecord),
      todos: todos.map(todoOf),
    },
  }
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
