import { readInstant } from '../../clock.ts'
import {
  addEntity,
  deleteEntity,
  type FieldValues,
  refreshMultifieldFlags,
  updateEntity,
  userFieldsOf,
} from '../../crm/entities.ts'
import { fieldsOf, kindOfType } from '../../crm/entity-fields.ts'
import { findEntity } from '../../crm/ids.ts'
import { describeItem } from '../../crm/item-description.ts'
import { type ItemForm, itemForm } from '../../crm/item-form.ts'
import { MULTIFIELD_NAMES, writeFm } from '../../crm/multifields.ts'
import { userFieldName } from '../../crm/user-field-names.ts'
import type { Entity, EntityKind } from '../../model.ts'
import { filterFields, matches } from '../filter.ts'
import { page, sortRows } from '../listing.ts'
import type { RestCall, RestMethod } from '../method.ts'
import { isPhpArray, phpEntries, phpList, phpText, positiveInt } from '../php.ts'
import { done, type MethodReply, missing, type Refusal, refused } from '../reply.ts'

const DOCS = 'api-reference/crm/universal'
const MAX_IMPORT = 20

/** `crm.item.*` for leads, deals, contacts and companies. */
export const crmItemMethods: readonly RestMethod[] = [
  { name: 'crm.item.get', scope: 'crm', docs: `${DOCS}/crm-item-get.md`, run: get },
  { name: 'crm.item.list', scope: 'crm', docs: `${DOCS}/crm-item-list.md`, run: list },
  { name: 'crm.item.add', scope: 'crm', docs: `${DOCS}/crm-item-add.md`, run: add },
  { name: 'crm.item.update', scope: 'crm', docs: `${DOCS}/crm-item-update.md`, run: update },
  { name: 'crm.item.delete', scope: 'crm', docs: `${DOCS}/crm-item-delete.md`, run: remove },
  { name: 'crm.item.import', scope: 'crm', docs: `${DOCS}/crm-item-import.md`, run: importItem },
  {
    name: 'crm.item.batchImport',
    scope: 'crm',
    docs: `${DOCS}/crm-item-batch-import.md`,
    run: batchImport,
  },
  { name: 'crm.item.fields', scope: 'crm', docs: `${DOCS}/crm-item-fields.md`, run: fields },
]

function get(call: RestCall): MethodReply {
  return withItem(call, (kind, entity) => done({ item: form(call, kind, entity) }))
}

function list(call: RestCall): MethodReply {
  return withKind(call, (kind) => {
    const { filter, order, select, start } = call.params
    const known = new Set(fieldNames(call, kind).map(({ item }) => item))
    const wrongFilter = filterFields(filter).find((name) => !known.has(name))
    if (wrongFilter !== undefined) return notAllowed('filter', wrongFilter)
    const wrongOrder = phpEntries(order).find(([name]) => !known.has(name))
    if (wrongOrder) return notAllowed('order', wrongOrder[0])
    const rules = { instantOf: (text: string) => readInstant(text, call.portal.clock.zone) }
    const rows = call.portal.data.entities[kind]
      .map((entity) => form(call, kind, entity))
      .filter((row) => matches(filter, { ...rules, valueOf: (name) => filterValue(row[name]) }))
    const sorted = sortRows(rows, order ?? { id: 'ASC' }, (row, name) => row[name], rules)
    return page(
      sorted.map((row) => pick(row, phpList(select))),
      start,
      (items) => ({ items }),
    )
  })
}

function add(call: RestCall): MethodReply {
  return withKind(call, (kind) => {
    if (!isPhpArray(call.params.fields)) return missing('fields')
    const result = addEntity(desk(call), kind, toOldNames(call, kind, call.params.fields))
    if (!result.ok) return invalidValue(kind, result.field)
    writeFmOf(call, result.entity)
    return done({ item: form(call, kind, result.entity) })
  })
}

function update(call: RestCall): MethodReply {
  return withItem(call, (kind, entity) => {
    if (!isPhpArray(call.params.fields)) return missing('fields')
    const result = updateEntity(
      desk(call),
      kind,
      entity,
      toOldNames(call, kind, call.params.fields),
    )
    if (!result.ok) return invalidValue(kind, result.field)
    writeFmOf(call, entity)
    return done({ item: form(call, kind, entity) })
  })
}

/** An empty result is `[]`, as PHP writes it (docs: crm-item-delete.md). */
function remove(call: RestCall): MethodReply {
  return withItem(call, (kind, entity) => {
    deleteEntity(desk(call), kind, entity)
    return done([])
  })
}

function importItem(call: RestCall): MethodReply {
  return withKind(call, (kind) => {
    const reply = importOne(call, kind, call.params.fields)
    return 'ok' in reply ? reply : done(reply)
  })
}

/** At most 20 at once; what fails among them doesn't stop the others. */
function batchImport(call: RestCall): MethodReply {
  return withKind(call, (kind) => {
    if (!isPhpArray(call.params.data)) return missing('data')
    const rows = phpList(call.params.data)
    if (rows.length > MAX_IMPORT) {
      return refused(
        'MAX_IMPORT_BATCH_SIZE_EXCEEDED',
        `You cannot import more than ${MAX_IMPORT} items`,
      )
    }
    const items = rows.map((row) => {
      const reply = importOne(call, kind, row)
      return 'ok' in reply ? { error: reply.error, error_description: reply.description } : reply
    })
    return done({ items })
  })
}

function importOne(
  call: RestCall,
  kind: EntityKind,
  given: unknown,
): { item: { id: number } } | Refusal {
  if (!isPhpArray(given)) return missing('fields')
  const multifields = Object.fromEntries(
    MULTIFIELD_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  )
  const values = { ...toOldNames(call, kind, given), ...multifields }
  const result = addEntity(desk(call), kind, values)
  if (!result.ok) return invalidValue(kind, result.field)
  writeFmOf(call, result.entity, given)
  return { item: { id: result.entity.ID } }
}

function fields(call: RestCall): MethodReply {
  return withKind(call, (kind) =>
    done({ fields: describeItem(call.portal.data, kind, hasOriginalNames(call)) }),
  )
}

function withKind(call: RestCall, run: (kind: EntityKind) => MethodReply): MethodReply {
  if (call.params.entityTypeId === undefined) return missing('entityTypeId')
  const kind = kindOfType(positiveInt(call.params.entityTypeId))
  return kind === null ? refused('NOT_FOUND', 'Smart process not found') : run(kind)
}

function withItem(
  call: RestCall,
  run: (kind: EntityKind, entity: Entity) => MethodReply,
): MethodReply {
  return withKind(call, (kind) => {
    if (call.params.id === undefined) return missing('id')
    const entity = findEntity(call.portal.data, kind, positiveInt(call.params.id))
    return entity === null ? refused('NOT_FOUND', 'Element not found') : run(kind, entity)
  })
}

function desk({ portal, user }: RestCall) {
  return { ...portal, userId: user.ID }
}

function form(call: RestCall, kind: EntityKind, entity: Entity): ItemForm {
  return itemForm(call.portal.data, kind, entity, hasOriginalNames(call))
}

function hasOriginalNames({ params }: RestCall): boolean {
  return ['Y', '1'].includes(phpText(params.useOriginalUfNames) ?? '')
}

function fieldNames(call: RestCall, kind: EntityKind): { item: string; name: string }[] {
  const own = fieldsOf(kind).flatMap(({ item, name }) => (item === null ? [] : [{ item, name }]))
  const users = userFieldsOf(call.portal.data, kind).map(({ FIELD_NAME }) => ({
    item: userFieldName(FIELD_NAME, hasOriginalNames(call)),
    name: FIELD_NAME,
  }))
  return [...own, ...users]
}

function toOldNames(call: RestCall, kind: EntityKind, given: Record<string, unknown>): FieldValues {
  return Object.fromEntries(
    fieldNames(call, kind).flatMap(({ item, name }) =>
      Object.hasOwn(given, item) ? [[name, given[item]]] : [],
    ),
  )
}

function writeFmOf(call: RestCall, entity: Entity, given: unknown = call.params.fields): void {
  if (!isPhpArray(given) || !Object.hasOwn(given, 'fm')) return
  writeFm(call.portal.data, entity, given.fm)
  refreshMultifieldFlags(entity)
}

/** A yes/no field is compared as 1/0 too (Bitrix24 docs: crm-item-list.md, filter). */
function filterValue(value: unknown): unknown {
  return value === true ? 1 : value === false ? 0 : value
}

/** `fm` can't be selected by name: only `*` gives it. */
function pick(row: ItemForm, select: unknown[]): ItemForm {
  const names = select.map(String)
  if (names.length === 0 || names.includes('*')) return row
  const wanted = new Set(['id', ...names])
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name !== 'fm' && wanted.has(name)),
  )
}

function notAllowed(where: 'filter' | 'order', name: string): Refusal {
  return refused(
    'INVALID_ARG_VALUE',
    `Invalid ${where}: field '${name}' is not allowed in ${where}`,
  )
}

function invalidValue(kind: EntityKind, name: string): Refusal {
  const item = fieldsOf(kind).find((field) => field.name === name)?.item ?? name
  return refused('CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value for field "${item}"`)
}
