import { beforeEach, describe, expect, it } from 'vitest'
import type { AttemptRecord } from '../contracts/attempt.ts'
import { CardDetails, type CardRef, OpenTodo } from '../contracts/card.ts'
import { attemptIdOf, LEAD, sampleRecord } from '../outbox/samples.fixture.ts'
import { readCard } from './read-card.ts'
import { scriptedClient } from './scripted-client.fixture.ts'
import { ScriptedPortal } from './scripted-portal.fixture.ts'

let portal: ScriptedPortal
beforeEach(() => {
  portal = new ScriptedPortal()
  portal.items.set('1:12', {
    id: 12,
    title: 'Лид № 12',
    name: 'Иван',
    lastName: null,
    companyTitle: 'ООО из лида',
    companyId: 30,
    contactId: 0,
    stageId: 'NEW',
    assignedById: '7',
    fm: [
      { id: 1, typeId: 'PHONE', valueType: 'WORK', value: '8 (495) 123-45-67' },
      { id: 2, typeId: 'PHONE', valueType: 'MOBILE', value: 'доб. 12' },
      { id: 3, typeId: 'EMAIL', valueType: 'WORK', value: 'ivan@example.test' },
    ],
    unheardOf: { of: 1 },
  })
  portal.items.set('4:30', {
    id: 30,
    title: 'ООО «Ромашка»',
    contactIds: [40],
    fm: [{ id: 4, typeId: 'PHONE', valueType: 'WORK', value: '+74951234567' }],
  })
  portal.items.set('3:40', { id: 40, name: 'Пётр', lastName: 'Сидоров', post: 'директор', fm: [] })
  portal.addresses.set('12', { ID: '12', ADDRESS_CITY: 'Казань' })
})

function read(card: CardRef = LEAD, fields: string[] = []) {
  return readCard(card, {
    fields,
    client: scriptedClient(portal).client,
    normalise: (raw) => (raw.includes('123') ? '+74951234567' : null),
    parseRecord: (text) => (text.startsWith('{') ? (JSON.parse(text) as AttemptRecord) : null),
    timeZoneOf: (city, numbers) => (city === 'Казань' ? `zone of ${numbers.join()}` : null),
  })
}

async function mustRead(card: CardRef = LEAD, fields: string[] = []) {
  const readout = await read(card, fields)
  if (!readout.ok) throw new Error(readout.reason.text)
  return readout.value
}

describe('reading a card', () => {
  it('takes one request', async () => {
    await mustRead()
    expect(portal.requests.map(({ method }) => method)).toEqual(['batch'])
  })

  it('tells who, where and by which numbers; each number once', async () => {
    const { details } = await mustRead()
    expect(CardDetails.parse(details)).toEqual({
      card: LEAD,
      title: 'Лид № 12',
      companyId: 30,
      company: 'ООО «Ромашка»',
      contact: 'Иван',
      role: null,
      phones: [
        { raw: '8 (495) 123-45-67', e164: '+74951234567', label: 'WORK' },
        { raw: 'доб. 12', e164: null, label: 'MOBILE' },
      ],
      emails: ['ivan@example.test'],
      city: 'Казань',
      timeZone: 'zone of +74951234567',
      stageId: 'NEW',
      responsibleId: 7,
      sourceId: null,
      fields: {},
      readAt: '2026-03-02T07:00:00.000Z',
    })
  })

  it('reads the fields that are asked for, as text, and only those', async () => {
    Object.assign(portal.items.get('1:12') ?? {}, {
      sourceId: 'WEB',
      UF_CRM_LIST: ['Склады', 7, ''],
      UF_CRM_ONE: 'b2b',
      UF_CRM_EMPTY: '',
      UF_CRM_OTHER: 'x',
    })
    const { details } = await mustRead(LEAD, [
      'UF_CRM_LIST',
      'UF_CRM_ONE',
      'UF_CRM_EMPTY',
      'UF_CRM_NO',
    ])
    expect(details).toMatchObject({
      sourceId: 'WEB',
      fields: { UF_CRM_LIST: ['Склады', '7'], UF_CRM_ONE: ['b2b'] },
    })
    expect(Object.keys(details.fields ?? {})).toHaveLength(2)
  })

  it('follows the contact of a company', async () => {
    const { details } = await mustRead({ ...LEAD, kind: 'company', id: 30 })
    expect(details).toMatchObject({
      title: 'ООО «Ромашка»',
      company: 'ООО «Ромашка»',
      contact: 'Пётр Сидоров',
      role: 'директор',
      stageId: null,
      city: null,
    })
  })

  it('makes do with the lead alone when it has neither company nor contact', async () => {
    portal.items.set('1:12', { id: 12, title: 'Лид', companyId: '0', contactId: null, fm: [] })
    portal.addresses.clear()
    const { details } = await mustRead()
    expect(details).toMatchObject({ company: null, contact: null, phones: [], timeZone: null })
  })

  it('reads the results of all operators, oldest first, each once', async () => {
    const ours = { OWNER_TYPE_ID: '1', OWNER_ID: '12', ORIGINATOR_ID: 'prozvon' }
    const second = sampleRecord(2, '2026-03-02T11:00:00+03:00')
    portal.activities = [
      { ID: '1', ...ours, DESCRIPTION: JSON.stringify(second) },
      { ID: '2', ...ours, DESCRIPTION: JSON.stringify(sampleRecord(1)) },
      { ID: '3', ...ours, DESCRIPTION: JSON.stringify(second) },
      { ID: '4', ...ours, DESCRIPTION: 'написано руками' },
      { ID: '5', ...ours, ORIGINATOR_ID: null, DESCRIPTION: JSON.stringify(sampleRecord(3)) },
    ]
    const { history } = await mustRead()
    expect(history.map(({ attemptId }) => attemptId)).toEqual([attemptIdOf(1), attemptIdOf(2)])
  })

  it('reads the open to-dos, and which attempt made them', async () => {
    const todo = { OWNER_TYPE_ID: '1', OWNER_ID: '12', PROVIDER_ID: 'CRM_TODO', COMPLETED: 'N' }
    const mark = `<p>Нет ответа</p><br>prozvon/${attemptIdOf(1)}/todo`
    portal.activities = [
      {
        ID: '8',
        ...todo,
        SUBJECT: 'Перезвонить',
        DEADLINE: '2026-03-04T13:37:00+03:00',
        RESPONSIBLE_ID: '7',
        DESCRIPTION: mark,
      },
      { ID: '9', ...todo, SUBJECT: null, DEADLINE: '9999-12-31T00:00:00+03:00' },
      { ID: '10', ...todo, COMPLETED: 'Y' },
    ]
    const { todos } = await mustRead()
    expect(todos.map((row) => OpenTodo.parse(row))).toEqual([
      {
        id: 8,
        title: 'Перезвонить',
        deadline: '2026-03-04T13:37:00+03:00',
        responsibleId: 7,
        attemptId: attemptIdOf(1),
      },
      { id: 9, title: '', deadline: null, responsibleId: null, attemptId: null },
    ])
  })

  it('says so when the card does not exist', async () => {
    expect(await read({ ...LEAD, id: 99 })).toMatchObject({
      ok: false,
      reason: { reason: 'not_found' },
    })
  })

  it('says so when the portal is away', async () => {
    portal.isAway = true
    expect(await read()).toMatchObject({ ok: false, reason: { reason: 'away' } })
  })

  it('does not show half a card when the portal was too busy for the other half', async () => {
    const error = { error: 'OPERATION_TIME_LIMIT', error_description: '' }
    const result = {
      result: { entity: { item: portal.items.get('1:12') }, records: [], todos: [] },
      result_error: { company: error, contact: { error: 'NOT_FOUND' }, address: error },
    }
    portal.faults = [{ status: 200, body: JSON.stringify({ result }) }]
    expect(await read()).toMatchObject({ ok: false, reason: { reason: 'operating_limit' } })
  })

  it('says so when the answer has a shape nobody knows', async () => {
    const result = { result: { entity: 'new', records: [], todos: [], company: 1, contact: 1 } }
    const body = JSON.stringify({ result: { ...result, result_error: { address: { error: '' } } } })
    portal.faults = [{ status: 200, body }]
    expect(await read()).toMatchObject({ ok: false, reason: { reason: 'protocol' } })
  })
})
