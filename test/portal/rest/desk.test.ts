import { describe, expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { ALL_SCOPES } from './auth.ts'
import { RequestLimiter } from './limiter.ts'
import { OperatingLedger } from './operating.ts'
import { readTarget } from './target.ts'

describe('the path of a REST request', () => {
  const hook = { version: 2, userId: 2, code: 'abc', method: 'profile', format: 'json' }
  const app = { ...hook, userId: 0, code: '' }

  it.each([
    ['/rest/2/abc/profile', hook],
    ['/rest/2/abc/crm.item.get.json', { ...hook, method: 'crm.item.get' }],
    ['/rest/2/abc/profile.xml', { ...hook, format: 'xml' }],
    ['/rest/2/abc/profile/', hook],
    ['/rest/profile', app],
    ['/rest/api/2/abc/profile', { ...hook, version: 3 }],
    ['/rest/api/profile', { ...app, version: 3 }],
  ])('%s', (path, expected) => {
    expect(readTarget(path)).toEqual(expected)
  })
})

describe('the bucket of requests of one address', () => {
  it.each([
    ['standard', 50, 2],
    ['enterprise', 250, 5],
  ] as const)('%s: %i at once, %i a second', (plan, capacity, perSecond) => {
    const limiter = new RequestLimiter(plan)
    const burst = (count: number, nowMs: number) =>
      Array.from({ length: count }, () => limiter.take('10.0.0.1', nowMs)).filter(Boolean).length
    expect(burst(capacity + 10, 0)).toBe(capacity)
    expect(burst(10, 1000)).toBe(perSecond)
    expect(limiter.take('10.0.0.2', 1000)).toBe(true)
  })
})

describe('the running time of a method', () => {
  it('is summed for ten minutes', () => {
    const ledger = new OperatingLedger()
    ledger.add('code', 'crm.item.get', 1.5, 0)
    const { operating, operating_reset_at } = ledger.add('code', 'crm.item.get', 2, 9 * 60_000)
    expect(operating).toBe(3.5)
    expect(operating_reset_at).toBe(600)
    expect(ledger.add('code', 'crm.item.get', 1, 10 * 60_000).operating).toBe(3)
  })

  it('blocks the method after 480 seconds, for that webhook only', () => {
    const ledger = new OperatingLedger()
    ledger.add('one', 'crm.item.list', 480, 0)
    expect(ledger.isUsedUp('one', 'crm.item.list', 1000)).toBe(true)
    expect(ledger.isUsedUp('one', 'crm.item.get', 1000)).toBe(false)
    expect(ledger.isUsedUp('two', 'crm.item.list', 1000)).toBe(false)
    expect(ledger.isUsedUp('one', 'crm.item.list', 11 * 60_000)).toBe(false)
  })
})

describe('the envelope', () => {
  it('a success has a result and the time in the server’s zone', () => {
    const { body } = openDesk().call('profile')
    expect(body.result).toMatchObject({ ID: '2', ADMIN: false })
    expect(body.time).toMatchObject({ date_start: '2026-03-04T10:00:00+03:00' })
  })

  it.each([
    ['crm.nothing.get', 404, 'ERROR_METHOD_NOT_FOUND'],
    ['telephony.externalCall.register', 403, 'WRONG_AUTH_TYPE'],
    ['telephony.externalCall.finish', 403, 'WRONG_AUTH_TYPE'],
    ['event.bind', 403, 'WRONG_AUTH_TYPE'],
    ['placement.bind', 403, 'WRONG_AUTH_TYPE'],
    ['messageservice.sender.add', 403, 'ACCESS_DENIED'],
  ])('%s is refused with %i %s', (method, status, error) => {
    const answer = openDesk().call(method)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect(answer.body).not.toHaveProperty('time')
  })

  it('a wrong webhook is refused with 401', () => {
    const { desk } = openDesk()
    const auth = desk.authorize(readTarget('/rest/2/wrong/profile'), {})
    expect(desk.answer(auth, 'profile', {})).toMatchObject({
      status: 401,
      body: { error: 'NO_AUTH_FOUND' },
    })
  })

  it('a method’s name may be in any case', () => {
    expect(openDesk().call('CRM.Settings.Mode.Get').body.result).toBe(1)
  })
})

describe('a batch', () => {
  it('passes results on, and answers for each command', () => {
    const { result } = openDesk()
    const answer = result('batch', {
      cmd: {
        lead: 'crm.lead.add?fields[TITLE]=%D0%9F%D0%9F%20%D0%90%26%D0%91',
        comment:
          'crm.timeline.comment.add?fields[ENTITY_TYPE]=lead&fields[ENTITY_ID]=$result[lead]&fields[COMMENT]=x',
        item: 'crm.item.get?entityTypeId=1&id=$result[lead]',
        all: 'crm.lead.list',
      },
    })
    expect(answer).toMatchObject({
      result: { lead: 1, comment: 1, item: { item: { title: 'ПП А&Б' } }, all: [{ ID: '1' }] },
      result_error: [],
      result_total: { all: 1 },
      result_next: [],
      result_time: { lead: {}, comment: {}, item: {}, all: {} },
    })
  })

  it('a list of commands answers with lists', () => {
    expect(openDesk().result('batch', { cmd: ['scope', 'nope'] })).toMatchObject({
      result: [[...ALL_SCOPES]],
      result_error: { 1: { error: 'ERROR_METHOD_NOT_FOUND' } },
    })
  })

  it.each([
    [0, [1, 2]],
    [1, [1]],
  ])('halt=%i: leads made around an error', (halt, expected) => {
    const { result, data } = openDesk()
    result('batch', {
      halt,
      cmd: {
        a: 'crm.lead.add?fields[TITLE]=a',
        b: 'crm.lead.get?id=99',
        c: 'crm.lead.add?fields[TITLE]=c',
      },
    })
    expect(data.entities.lead.map(({ ID }) => ID)).toEqual(expected)
  })

  it('commands beyond the 50th fail, the first 50 are run', () => {
    const { result, data } = openDesk()
    const cmd = Array.from({ length: 51 }, () => 'crm.lead.add?fields[TITLE]=x')
    expect(result('batch', { cmd })).toMatchObject({
      result_error: { 50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED' } },
    })
    expect(data.entities.lead).toHaveLength(50)
  })

  it('a batch in a batch is an error of that command', () => {
    expect(openDesk().result('batch', { cmd: { a: 'batch?cmd[x]=scope' } })).toMatchObject({
      result: [],
      result_error: { a: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED' } },
    })
  })
})
