import { describe, expect, it } from 'vitest'
import { shortUserFieldName } from '../../crm/user-field-names.ts'
import { openDesk } from '../../support/desk.ts'

const PHONE = [{ VALUE: '74951230001', VALUE_TYPE: 'WORK' }]

describe('crm.lead.*: everything is text', () => {
  it('get: ids as text, empty multifields left out', () => {
    const { result } = openDesk()
    expect(result('crm.lead.add', { fields: { TITLE: 'ПП Тест', PHONE } })).toBe(1)
    const lead = result('crm.lead.get', { ID: '1' })
    expect(lead).toMatchObject({
      ID: '1',
      TITLE: 'ПП Тест',
      STATUS_ID: 'NEW',
      ASSIGNED_BY_ID: '2',
      OPPORTUNITY: '0.00',
      PHONE: [{ ID: '1', VALUE_TYPE: 'WORK', VALUE: '74951230001', TYPE_ID: 'PHONE' }],
    })
    expect(lead).not.toHaveProperty('EMAIL')
  })

  it.each([
    ['crm.lead.get', {}, 'ID is not defined or invalid.'],
    ['crm.lead.get', { id: 5 }, 'Not found'],
    ['crm.lead.update', { id: 5, fields: {} }, 'Not found'],
    ['crm.lead.add', { fields: 'x' }, "Parameter 'fields' must be array."],
    ['crm.company.get', { id: 5 }, 'Not found'],
    ['crm.contact.get', { id: 5 }, 'Not found'],
  ])('%s %j is refused by text alone', (method, params, text) => {
    expect(openDesk().call(method, params)).toEqual({
      status: 400,
      body: { error: '', error_description: text },
    })
  })

  it('list: 50 a page; * leaves out user fields and multifields', () => {
    const { result, call } = openDesk()
    for (let n = 1; n <= 60; n += 1)
      result('crm.lead.add', { fields: { TITLE: `Лид ${n}`, PHONE } })
    const { body } = call('crm.lead.list', { select: ['*'], order: { ID: 'DESC' } })
    expect([body.next, body.total]).toEqual([50, 60])
    expect(body.result).toMatchObject({ 0: { ID: '60' }, 49: { ID: '11' } })
    expect(JSON.stringify(body.result)).not.toContain('74951230001')
    const second = call('crm.lead.list', {
      select: ['ID', 'PHONE'],
      filter: { '>ID': 58 },
      start: 0,
    })
    expect(second.body.result).toMatchObject([{ ID: '59', PHONE: [{}] }, { ID: '60' }])
    expect(second.body).not.toHaveProperty('next')
  })

  it('update: a phone without ID is one more; with ID it changes; DELETE removes', () => {
    const { result, data } = openDesk()
    result('crm.lead.add', { fields: { TITLE: 'x', PHONE } })
    const update = (phones: unknown) =>
      result('crm.lead.update', { id: 1, fields: { PHONE: phones } })
    update([{ VALUE: '74951230002' }])
    update([{ ID: 1, VALUE: '74951230009', VALUE_TYPE: 'HOME' }])
    expect(data.entities.lead[0]?.multifields.map(({ VALUE }) => VALUE)).toEqual([
      '74951230009',
      '74951230002',
    ])
    update([{ ID: 1, DELETE: 'Y' }, { ID: 2 }])
    expect(result('crm.lead.get', { id: 1 })).toMatchObject({ HAS_PHONE: 'N' })
  })
})

describe('crm.item.*: numbers are numbers', () => {
  it('add and get answer with the whole item', () => {
    const { result } = openDesk()
    const fields = {
      title: 'ПП Тест',
      companyId: 4,
      fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+79161230002' }],
    }
    const { item } = result('crm.item.add', { entityTypeId: 1, fields }) as { item: object }
    expect(item).toMatchObject({
      id: 1,
      stageId: 'NEW',
      stageSemanticId: 'P',
      companyId: 4,
      contactId: 0,
      contactIds: [],
      phoneMobile: '+79161230002',
      fm: [{ id: 1, typeId: 'PHONE', valueType: 'MOBILE', value: '+79161230002' }],
      entityTypeId: 1,
    })
    expect(result('crm.item.get', { entityTypeId: '1', id: '1' })).toEqual({ item })
  })

  it('the address can’t be read or written by it: only the old methods can', () => {
    const { result } = openDesk()
    result('crm.lead.add', { fields: { ADDRESS: 'Львів', ADDRESS_CITY: 'Львів' } })
    result('crm.item.update', { entityTypeId: 1, id: 1, fields: { address: 'Київ' } })
    expect(result('crm.item.get', { entityTypeId: 1, id: 1 })).toMatchObject({
      item: { address: null },
    })
    expect(result('crm.lead.get', { id: 1 })).toMatchObject({ ADDRESS: 'Львів' })
  })

  it('update of fm: n0 adds, an id changes, an empty value deletes, no typeId does nothing', () => {
    const { result, data } = openDesk()
    result('crm.lead.add', { fields: { TITLE: 'x', PHONE } })
    const update = (fm: unknown) =>
      result('crm.item.update', { entityTypeId: 1, id: 1, fields: { fm } })
    const values = () => data.entities.lead[0]?.multifields.map(({ VALUE }) => VALUE)
    update({ n0: { typeId: 'EMAIL', valueType: 'WORK', value: 'a@example.org' } })
    update({ 1: { typeId: 'PHONE', value: '74951230009' } })
    update({ 2: { value: '' } })
    expect(values()).toEqual(['74951230009', 'a@example.org'])
    update({ 2: { typeId: 'EMAIL', value: '' } })
    expect(values()).toEqual(['74951230009'])
  })

  it.each([
    ['crm.item.get', { entityTypeId: 1, id: 9 }, 'NOT_FOUND'],
    ['crm.item.get', { entityTypeId: 999, id: 9 }, 'NOT_FOUND'],
    ['crm.item.get', { entityTypeId: 1 }, '100'],
    ['crm.item.list', { entityTypeId: 1, filter: { TITLE: 'x' } }, 'INVALID_ARG_VALUE'],
    ['crm.item.list', { entityTypeId: 1, order: { nope: 'ASC' } }, 'INVALID_ARG_VALUE'],
    [
      'crm.item.add',
      { entityTypeId: 1, fields: { stageId: 'NOPE' } },
      'CRM_FIELD_ERROR_VALUE_NOT_VALID',
    ],
  ])('%s %j is refused with %s', (method, params, error) => {
    expect(openDesk().call(method, params)).toMatchObject({ status: 400, body: { error } })
  })

  it('list: fm comes with * only; start=-1 doesn’t count', () => {
    const { result, call } = openDesk()
    for (let n = 1; n <= 51; n += 1)
      result('crm.lead.add', { fields: { TITLE: `Лид ${n}`, PHONE } })
    const named = call('crm.item.list', { entityTypeId: 1, select: ['id', 'fm'], start: -1 })
    expect([named.body.total, named.body.next]).toEqual([0, undefined])
    expect(named.body.result).toMatchObject({ items: { 0: { id: 1 }, 49: { id: 50 } } })
    expect(JSON.stringify(named.body.result)).not.toContain('fm')
    const all = call('crm.item.list', { entityTypeId: 1, select: ['*'], filter: { '>id': 50 } })
    expect(all.body).toMatchObject({ total: 1, result: { items: [{ fm: [{}] }] } })
  })

  it('a company tells its contacts, a contact its companies', () => {
    const { result } = openDesk()
    result('crm.company.add', { fields: { TITLE: 'ПП Тест' } })
    result('crm.contact.add', { FIELDS: { NAME: 'Анна', COMPANY_ID: 1 } })
    expect(result('crm.item.get', { entityTypeId: 4, id: 1 })).toMatchObject({
      item: { title: 'ПП Тест', contactIds: [1] },
    })
    expect(result('crm.item.get', { entityTypeId: 3, id: 1 })).toMatchObject({
      item: { name: 'Анна', companyId: 1, companyIds: [1] },
    })
  })

  it('a stage with semantics closes the lead', () => {
    const { result } = openDesk()
    result('crm.lead.add', { fields: { TITLE: 'x' } })
    result('crm.item.update', { entityTypeId: 1, id: 1, fields: { stageId: 'JUNK' } })
    expect(result('crm.lead.get', { id: 1 })).toMatchObject({
      STATUS_ID: 'JUNK',
      STATUS_SEMANTIC_ID: 'F',
      DATE_CLOSED: '2026-03-04T10:00:00+03:00',
    })
  })
})

describe('user fields', () => {
  const field = { USER_TYPE_ID: 'string', FIELD_NAME: 'prozvon_attempts', LABEL: 'Попытки' }

  it('only an administrator adds them', () => {
    const { call } = openDesk()
    expect(call('crm.lead.userfield.add', { fields: field }, 'operator').body).toEqual({
      error: '',
      error_description: 'Access denied.',
    })
    expect(call('crm.lead.userfield.add', { fields: field }, 'coordinator').body.result).toBe(1)
    const again = call('crm.lead.userfield.add', { fields: field }, 'coordinator')
    expect(again).toMatchObject({ status: 400, body: { error: 'ERROR_CORE' } })
  })

  it('values are kept only for fields that exist', () => {
    const { result, data } = openDesk()
    const write = () =>
      result('crm.item.update', {
        entityTypeId: 1,
        id: 1,
        useOriginalUfNames: 'Y',
        fields: { UF_CRM_PROZVON_ATTEMPTS: '2', UF_CRM_NOBODY: 'x', nonsense: 1 },
      })
    result('crm.lead.add', { fields: { TITLE: 'x' } })
    write()
    expect(JSON.stringify(data.entities.lead)).not.toContain('UF_CRM')
    result('crm.lead.userfield.add', { fields: field }, 'coordinator')
    write()
    expect(result('crm.lead.get', { id: 1 })).toMatchObject({ UF_CRM_PROZVON_ATTEMPTS: '2' })
    expect(result('crm.item.get', { entityTypeId: 1, id: 1 })).toMatchObject({
      item: { ufCrmProzvonAttempts: '2' },
    })
  })

  it.each([
    ['UF_CRM_1747309879', 'ufCrm_1747309879'],
    ['UF_CRM_PROZVON_PASS', 'ufCrmProzvonPass'],
    ['UF_CRM_3_DIGIT10', 'ufCrm_3_DIGIT10'],
  ])('%s is %s for short', (name, short) => {
    expect(shortUserFieldName(name)).toBe(short)
  })
})

it('stages are told by semantics, in order', () => {
  const stages = openDesk().result('crm.status.list', { filter: { ENTITY_ID: 'STATUS' } })
  expect(stages).toMatchObject([
    { STATUS_ID: 'NEW', SEMANTICS: null, EXTRA: { SEMANTICS: 'process' } },
    { STATUS_ID: 'IN_PROCESS' },
    { STATUS_ID: 'PROCESSED', SORT: '30' },
    { STATUS_ID: 'CONVERTED', SEMANTICS: 'S', EXTRA: { SEMANTICS: 'success' } },
    { STATUS_ID: 'JUNK', SEMANTICS: 'F', EXTRA: { SEMANTICS: 'failure' } },
  ])
})
