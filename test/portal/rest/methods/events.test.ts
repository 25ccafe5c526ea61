import { describe, expect, it } from 'vitest'
import { nowText } from '../../clock.ts'
import { openDesk } from '../../support/desk.ts'
import { EventBell } from '../event-bell.ts'

const openApp = () => openDesk('standard', 'oauth')

it('a write of a lead raises its events', () => {
  const { result, events } = openApp()
  result('crm.item.add', { entityTypeId: 1, fields: { title: 'x' } })
  result('crm.lead.update', { id: 1, fields: { TITLE: 'y' } })
  result('crm.item.delete', { entityTypeId: 1, id: 1 })
  expect(events.map(({ event }) => event)).toEqual([
    'ONCRMLEADADD',
    'ONCRMLEADUPDATE',
    'ONCRMLEADDELETE',
  ])
})

describe('offline events', () => {
  const bind = { event: 'OnCrmLeadUpdate', event_type: 'offline' }

  function queued() {
    const app = openApp()
    app.result('event.bind', bind, 'coordinator')
    const clock = { now: () => 0, zone: 'Europe/Moscow' }
    const bell = new EventBell({ data: app.data, clock, origin: '', authOf: () => null })
    for (const ID of [7, 7, 8]) bell.raise('ONCRMLEADUPDATE', { ID }, 2)
    return { ...app, timestamp: nowText(clock) }
  }

  it('are for administrators', () => {
    expect(openApp().call('event.bind', bind)).toMatchObject({
      status: 403,
      body: { error: 'ACCESS_DENIED' },
    })
  })

  it('one row an object; reading deletes', () => {
    const { result, timestamp } = queued()
    expect(result('event.offline.get', {}, 'coordinator')).toMatchObject({
      process_id: null,
      events: [{ EVENT_DATA: { FIELDS: { ID: 7 } }, TIMESTAMP_X: timestamp }, {}],
    })
    expect(result('event.offline.list', {}, 'coordinator')).toEqual([])
  })

  it('clear=0 reserves; event.offline.clear deletes what was reserved', () => {
    const { result } = queued()
    const got = result('event.offline.get', { clear: 0 }, 'coordinator') as { process_id: string }
    expect(result('event.offline.list', {}, 'coordinator')).toHaveLength(2)
    result('event.offline.clear', { process_id: got.process_id }, 'coordinator')
    expect(result('event.offline.list', {}, 'coordinator')).toEqual([])
  })
})

it('simple mode: a new lead is a deal at once and can’t be read', () => {
  const { data, result, call } = openDesk()
  data.settings.crmMode = 'simple'
  const id = result('crm.lead.add', { fields: { TITLE: 'x' } })
  expect(call('crm.lead.get', { id }).body.error_description).toBe('Not found')
  expect(result('crm.deal.list')).toMatchObject([{ TITLE: 'x', STAGE_ID: 'NEW' }])
  expect(result('crm.settings.mode.get')).toBe(2)
})

it('import: 21 rows are refused; a wrong row doesn’t stop the others', () => {
  const { result, call } = openDesk()
  const row = { title: 'x', PHONE: [{ VALUE: '74951230001' }] }
  const many = { entityTypeId: 1, data: Array.from({ length: 21 }, () => row) }
  expect(call('crm.item.batchImport', many).body.error).toBe('MAX_IMPORT_BATCH_SIZE_EXCEEDED')
  const data = [row, { ...row, stageId: 'NOWHERE' }]
  expect(result('crm.item.batchImport', { entityTypeId: 1, data })).toMatchObject({
    items: [{ item: { id: 1 } }, { error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' }],
  })
  const found = { type: 'PHONE', values: ['8 (495) 123-00-01'] }
  expect(result('crm.duplicate.findbycomm', found)).toEqual({ LEAD: [1] })
})

it('the stage history tells each stage that a deal went through', () => {
  const { result } = openDesk()
  result('crm.deal.add', { fields: { TITLE: 'x' } })
  result('crm.item.update', { entityTypeId: 2, id: 1, fields: { stageId: 'WON' } })
  expect(result('crm.stagehistory.list', { entityTypeId: 2 })).toMatchObject({
    items: [
      { TYPE_ID: 1, STAGE_ID: 'NEW' },
      { TYPE_ID: 3, STAGE_ID: 'WON', STAGE_SEMANTIC_ID: 'S' },
    ],
  })
})

it('an SMS provider is installed once, by an administrator of an application', () => {
  const { call } = openApp()
  const sender = { CODE: 'prozvon', TYPE: 'SMS', NAME: 'x', HANDLER: 'https://relay.example/sms' }
  const add = (role?: 'coordinator') => call('messageservice.sender.add', sender, role).body
  expect(add()).toMatchObject({ error: 'ACCESS_DENIED' })
  expect(add('coordinator').result).toBe(true)
  expect(add('coordinator').error).toBe('ERROR_SENDER_ALREADY_INSTALLED')
})
