import { describe, expect, it } from 'vitest'
import { openDesk, type TestDesk } from '../../support/desk.ts'

const call = {
  OWNER_TYPE_ID: 1,
  OWNER_ID: 1,
  TYPE_ID: 2,
  SUBJECT: 'Исходящий звонок',
  RESPONSIBLE_ID: 2,
  COMMUNICATIONS: [{ VALUE: '+74951230001', ENTITY_ID: 1, ENTITY_TYPE_ID: 1 }],
  START_TIME: '2026-03-04T09:30:00+02:00',
  COMPLETED: 'Y',
  DIRECTION: 2,
  ORIGINATOR_ID: 'prozvon',
  ORIGIN_ID: '6f1c',
}
const todo = { ownerTypeId: 1, ownerId: 1, deadline: '2026-03-06T11:17:00+02:00', title: 'Звонок' }

function deskWithLead(): TestDesk {
  const desk = openDesk()
  desk.result('crm.lead.add', { fields: { TITLE: 'ПП Тест' } })
  return desk
}

describe('deleting', () => {
  it('an activity: gone once, then unknown', () => {
    const { result, call: ask } = deskWithLead()
    const id = result('crm.activity.add', { fields: call })
    expect(result('crm.activity.delete', { id })).toBe(true)
    expect(result('crm.activity.list', { filter: { ID: id } })).toEqual([])
    expect(ask('crm.activity.delete', { id }).body).toMatchObject({
      error_description: 'Activity is not found.',
    })
  })

  it('a comment: its owner, when named, must be right; the answer is null', () => {
    const { result, call: ask } = deskWithLead()
    const fields = { ENTITY_TYPE: 'lead', ENTITY_ID: 1, COMMENT: 'дважды' }
    const id = result('crm.timeline.comment.add', { fields })
    const remove = (ownerId: number) =>
      ask('crm.timeline.comment.delete', { id, ownerTypeId: 1, ownerId }).body
    expect(remove(2)).toMatchObject({ error: 'OWNER_NOT_FOUND' })
    expect(remove(1)).toMatchObject({ result: null })
    expect(remove(1)).toMatchObject({ error: 'NOT_FOUND' })
  })
})

describe('activities', () => {
  it('a call is found again by its origin', () => {
    const { result } = deskWithLead()
    expect(result('crm.activity.add', { fields: call })).toBe(1)
    const filter = { ORIGINATOR_ID: 'prozvon', ORIGIN_ID: '6f1c' }
    expect(result('crm.activity.list', { filter })).toMatchObject([
      {
        ID: '1',
        TYPE_ID: '2',
        PROVIDER_ID: 'VOXIMPLANT_CALL',
        START_TIME: '2026-03-04T10:30:00+03:00',
        DEADLINE: '2026-03-04T10:30:00+03:00',
        STATUS: '2',
        SETTINGS: [],
      },
    ])
  })

  it.each([
    ['TYPE_ID', 3, 'The field TYPE_ID is not defined or invalid'],
    ['SUBJECT', '', 'The field SUBJECT is not defined or empty'],
    ['RESPONSIBLE_ID', 77, 'The field RESPONSIBLE_ID is not defined or invalid'],
    ['COMMUNICATIONS', [], 'The field COMMUNICATIONS is not defined or invalid'],
    [
      'COMMUNICATIONS',
      [{ VALUE: '1' }, { VALUE: '2' }],
      'The only one communication is allowed for activity of specified type',
    ],
    [
      'OWNER_ID',
      99,
      'Could not build binding. Please ensure that owner info and communications are defined correctly',
    ],
  ])('%s = %j is refused', (field, value, text) => {
    const { call: run } = deskWithLead()
    expect(run('crm.activity.add', { fields: { ...call, [field]: value } })).toEqual({
      status: 400,
      body: { error: '', error_description: text },
    })
  })

  it('COMMUNICATIONS come only when selected', () => {
    const { result } = deskWithLead()
    result('crm.activity.add', { fields: call })
    expect(JSON.stringify(result('crm.activity.list'))).not.toContain('COMMUNICATIONS')
    expect(result('crm.activity.list', { select: ['*', 'COMMUNICATIONS'] })).toMatchObject([
      { COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: '+74951230001' }] },
    ])
  })

  it('the list is by start, and can be asked for several owners', () => {
    const { result } = deskWithLead()
    result('crm.lead.add', { fields: { TITLE: 'second' } })
    result('crm.activity.add', { fields: call })
    result('crm.activity.add', {
      fields: { ...call, OWNER_ID: 2, START_TIME: '2026-03-01T10:00:00+03:00' },
    })
    const bindings = [1, 2].map((id) => ({ OWNER_TYPE_ID: 1, OWNER_ID: id }))
    expect(result('crm.activity.list', { filter: { BINDINGS: bindings } })).toMatchObject([
      { ID: '2' },
      { ID: '1' },
    ])
    expect(
      result('crm.activity.list', { filter: { OWNER_TYPE_ID: 1, OWNER_ID: 1 } }),
    ).toMatchObject([{ ID: '1' }])
  })
})

describe('to-dos', () => {
  it('are activities with the provider CRM_TODO', () => {
    const { result } = deskWithLead()
    expect(result('crm.activity.todo.add', { ...todo, responsibleId: 3 })).toEqual({ id: 1 })
    const filter = { OWNER_TYPE_ID: 1, OWNER_ID: 1, PROVIDER_ID: 'CRM_TODO', COMPLETED: 'N' }
    expect(result('crm.activity.list', { filter })).toMatchObject([
      {
        ID: '1',
        PROVIDER_ID: 'CRM_TODO',
        SUBJECT: 'Звонок',
        RESPONSIBLE_ID: '3',
        DEADLINE: '2026-03-06T12:17:00+03:00',
      },
    ])
  })

  it('a deadline without an offset is in the server’s zone', () => {
    const { result } = deskWithLead()
    result('crm.activity.todo.add', { ...todo, deadline: '2026-03-06T11:17:00' })
    expect(result('crm.activity.get', { id: 1 })).toMatchObject({
      DEADLINE: '2026-03-06T11:17:00+03:00',
    })
  })

  it('can be put off until they are done', () => {
    const { result, call: run } = deskWithLead()
    result('crm.activity.todo.add', todo)
    const later = { ...todo, id: 1, value: '2026-03-09T10:11:00+03:00' }
    expect(result('crm.activity.todo.updateDeadline', later)).toEqual({ id: 1 })
    result('crm.activity.update', { id: 1, fields: { COMPLETED: 'Y' } })
    expect(run('crm.activity.todo.updateDeadline', later).body.error).toBe(
      'CAN_NOT_UPDATE_COMPLETED_TODO',
    )
  })

  it.each([
    [{ deadline: undefined }, '100'],
    [{ deadline: 'завтра' }, 'WRONG_DATETIME_FORMAT'],
    [{ deadline: '2026-02-31T10:00:00' }, 'WRONG_DATETIME_FORMAT'],
    [{ ownerId: 99 }, 'NOT_FOUND'],
    [{ ownerTypeId: 999 }, 'OWNER_NOT_FOUND'],
    [{ ownerTypeId: undefined }, '100'],
    [{ fields: {}, ownerId: undefined }, '100'],
  ])('%j is refused with %s', (change, error) => {
    const { call: run } = deskWithLead()
    expect(run('crm.activity.todo.add', { ...todo, ...change })).toMatchObject({
      status: 400,
      body: { error },
    })
  })
})

describe('timeline comments', () => {
  const fields = { ENTITY_TYPE: 'lead', ENTITY_ID: 1, COMMENT: 'НЕТ ОТВЕТА [6f1c]' }

  it('are listed by their owner', () => {
    const { result } = deskWithLead()
    expect(result('crm.timeline.comment.add', { fields })).toBe(1)
    const filter = { ENTITY_TYPE: 'lead', ENTITY_ID: 1, '%COMMENT': '6f1c' }
    expect(result('crm.timeline.comment.list', { filter })).toMatchObject([
      { ID: '1', AUTHOR_ID: '2', CREATED: '2026-03-04T10:00:00+03:00' },
    ])
  })

  it.each([
    [{ FIELDS: fields }, '100'],
    [{ fields: { ...fields, ENTITY_TYPE: 'LEAD' } }, 'OWNER_NOT_FOUND'],
    [{ fields: { ...fields, ENTITY_ID: 99 } }, 'OWNER_NOT_FOUND'],
    [{ fields: { ...fields, COMMENT: ' ' } }, 'INVALID_ARG_VALUE'],
  ])('%j is refused with %s', (params, error) => {
    expect(deskWithLead().call('crm.timeline.comment.add', params).body.error).toBe(error)
  })
})

describe('notices', () => {
  const notice = { USER_ID: 3, MESSAGE: 'Клиент ждёт звонка', TAG: 'a' }

  it('have the caller or the system for author', () => {
    const { result, data } = openDesk()
    result('im.notify.personal.add', notice)
    result('im.notify.system.add', notice)
    expect(data.notifications.map(({ AUTHOR_ID }) => AUTHOR_ID)).toEqual([2, 0])
  })

  it('a webhook’s TAG replaces earlier notices only with CLIENT_ID', () => {
    const { result, data } = openDesk()
    for (let n = 0; n < 2; n += 1) result('im.notify.personal.add', notice)
    expect(data.notifications).toHaveLength(2)
    for (let n = 0; n < 2; n += 1) result('im.notify.personal.add', { ...notice, CLIENT_ID: 'p' })
    expect(data.notifications).toHaveLength(3)
  })

  it.each([
    [{ MESSAGE: 'x' }, 'USER_ID_EMPTY'],
    [{ USER_ID: 3, MESSAGE: ' ' }, 'MESSAGE_EMPTY'],
  ])('%j is refused with %s', (params, error) => {
    expect(openDesk().call('im.notify.personal.add', params).body.error).toBe(error)
  })
})

it('users are found by filter, and told by position', () => {
  const { call: run } = openDesk()
  expect(
    run('user.get', { FILTER: { ACTIVE: true }, sort: 'ID', order: 'DESC' }).body,
  ).toMatchObject({
    result: [{ ID: '3' }, { ID: '2' }, { ID: '1' }],
    total: 3,
  })
  expect(run('user.get', { ID: 3 }).body.result).toMatchObject([
    { WORK_POSITION: 'Менеджер по продажам' },
  ])
})
