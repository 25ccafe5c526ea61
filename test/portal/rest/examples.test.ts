import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'

/** A folder with the documentation's examples, one JSON a method; without it these tests rest. */
const folder = process.env.EXAMPLES_DIR ?? ''

/** What belongs to somebody's portal, or to features that the sandbox doesn't have. */
const FOREIGN = /^(UF_CRM|ufCrm|PARENT_ID|parentId|searchContent|IM$|PERSONAL_|WORK_PHONE)/

const lead = { TITLE: 'ООО Пример', PHONE: [{ VALUE: '74951234567', VALUE_TYPE: 'WORK' }] }
const activity = {
  OWNER_TYPE_ID: 1,
  OWNER_ID: 1,
  TYPE_ID: 2,
  SUBJECT: 'Звонок',
  RESPONSIBLE_ID: 2,
  COMMUNICATIONS: [{ VALUE: '74951234567' }],
}
const person = { ...lead, NAME: 'Анна', EMAIL: [{ VALUE: 'anna@example.org' }] }
const comment = { ENTITY_ID: 1, ENTITY_TYPE: 'lead', COMMENT: 'Заметка' }
const logMessage = { entityTypeId: 1, entityId: 1, title: 'x', text: 'y', iconCode: 'info' }

const CASES: [method: string, params: Record<string, unknown>][] = [
  ['profile', {}],
  ['user.current', {}],
  ['user.get', {}],
  ['server.time', {}],
  ['scope', {}],
  ['methods', {}],
  ['method.get', { name: 'user.get' }],
  ['crm.settings.mode.get', {}],
  ['crm.status.list', { filter: { ENTITY_ID: 'STATUS' } }],
  ['crm.lead.get', { id: 1 }],
  ['crm.lead.list', {}],
  ['crm.lead.add', { fields: lead }],
  ['crm.lead.update', { id: 1, fields: lead }],
  ['crm.lead.userfield.add', { fields: { USER_TYPE_ID: 'string', FIELD_NAME: 'MORE' } }],
  ['crm.lead.userfield.list', { filter: { LANG: 'ru' } }],
  ['crm.company.get', { id: 1 }],
  ['crm.contact.get', { id: 1 }],
  ['crm.item.get', { entityTypeId: 1, id: 1 }],
  ['crm.activity.add', { fields: activity }],
  ['crm.activity.get', { id: 1 }],
  ['crm.activity.list', {}],
  ['crm.activity.update', { id: 1, fields: { DESCRIPTION: 'x' } }],
  ['crm.activity.todo.add', { ownerTypeId: 1, ownerId: 1, deadline: '2026-03-10T10:00:00+03:00' }],
  ['crm.timeline.comment.add', { fields: comment }],
  ['crm.timeline.comment.get', { id: 1 }],
  ['crm.timeline.comment.list', { filter: { ENTITY_ID: 1, ENTITY_TYPE: 'lead' } }],
  ['department.get', { PARENT: 1 }],
  ['feature.get', { CODE: 'rest_offline_extended' }],
  ['crm.contact.list', { select: ['*', 'EMAIL', 'PHONE'] }],
  ['crm.timeline.logmessage.add', { fields: logMessage }],
  ['im.notify.personal.add', { USER_ID: 3, MESSAGE: 'x' }],
  ['im.notify.system.add', { USER_ID: 3, MESSAGE: 'x' }],
]

describe.skipIf(!existsSync(folder))(
  'answers have the shape of the documentation’s examples',
  () => {
    it.each(CASES)('%s', (method, params) => {
      const { result } = openDesk()
      result('crm.lead.add', { fields: lead })
      result('crm.company.add', { fields: lead })
      result('crm.contact.add', { fields: person })
      result('crm.activity.add', { fields: activity })
      result('crm.timeline.comment.add', { fields: comment })
      result(
        'crm.lead.userfield.add',
        { fields: { USER_TYPE_ID: 'string', FIELD_NAME: 'ONE' } },
        'coordinator',
      )
      const example = JSON.parse(readFileSync(join(folder, `${method.toLowerCase()}.json`), 'utf8'))
      const actual = result(method, params, 'coordinator')
      expect(differences(example.response_examples[0].result, actual, method)).toEqual([])
    })
  },
)

it('a value of another type, or none, is a difference', () => {
  expect(differences({ a: '1', b: 2 }, { a: 1 }, 'x')).toEqual(['x.a: number', 'x.b'])
})

/** Where a documented value is absent, or of another JSON type; nulls and empties fit anything. */
function differences(documented: unknown, actual: unknown, path: string): string[] {
  if (isEmpty(documented) || isEmpty(actual)) return []
  if (typeof documented !== typeof actual) return [`${path}: ${typeof actual}`]
  if (typeof documented !== 'object' || typeof actual !== 'object') return []
  if (Array.isArray(documented) !== Array.isArray(actual)) return [`${path}: list or map`]
  if (Array.isArray(documented) && Array.isArray(actual)) {
    return differences(documented[0], actual[0], `${path}[0]`)
  }
  const found = new Map(Object.entries(actual ?? {}))
  return Object.entries(documented ?? {})
    .filter(([key]) => !FOREIGN.test(key))
    .flatMap(([key, value]) =>
      found.has(key) ? differences(value, found.get(key), `${path}.${key}`) : [`${path}.${key}`],
    )
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}
