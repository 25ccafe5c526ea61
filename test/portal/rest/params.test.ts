import { describe, expect, it } from 'vitest'
import { parseQuery, parseRequest } from './params.ts'
import { phpArray } from './php.ts'
import { resolveReferences } from './references.ts'

describe('parameters nest as in PHP', () => {
  it.each([
    ['id=5', { id: '5' }],
    ['filter[%3E%3DID]=5&filter[%25TITLE]=a+b', { filter: { '>=ID': '5', '%TITLE': 'a b' } }],
    ['filter[>=ID]=5', { 'filter_>': 'ID]=5' }],
    ['select[]=ID&select[]=TITLE', { select: { 0: 'ID', 1: 'TITLE' } }],
    ['fields[PHONE][0][VALUE]=%2B7495', { fields: { PHONE: { 0: { VALUE: '+7495' } } } }],
    ['a=1&a=2', { a: '2' }],
    ['flag', { flag: '' }],
    ['x=100%', { x: '100%' }],
    ['__proto__[polluted]=1', {}],
    ['', {}],
  ])('%s', (query, expected) => {
    expect(parseQuery(query)).toEqual(expected)
  })
})

describe('a request’s parameters come from its query and its body', () => {
  it('JSON overrides the query', () => {
    expect(parseRequest('id=1&x=y', 'application/json; charset=utf-8', '{"id":2}')).toEqual({
      id: 2,
      x: 'y',
    })
  })

  it('a form is read like a query', () => {
    const type = 'application/x-www-form-urlencoded'
    expect(parseRequest('', type, 'fields[TITLE]=%D0%90')).toEqual({ fields: { TITLE: 'А' } })
  })

  it('JSON that can’t be read gives nothing', () => {
    expect(parseRequest('id=1', 'application/json', '{"id":')).toEqual({ id: '1' })
  })
})

describe('a PHP array is a list only with keys 0, 1, 2 …', () => {
  it.each([
    ['nothing', [], []],
    ['0, 1', [['0', 'a'] as const, ['1', 'b'] as const], ['a', 'b']],
    ['1', [['1', 'b'] as const], { 1: 'b' }],
    ['a name', [['a', 1] as const], { a: 1 }],
  ])('%s', (_, entries, expected) => {
    expect(phpArray(entries)).toEqual(expected)
  })
})

describe('references to earlier results of a batch', () => {
  const results = new Map<string, unknown>([
    ['lead', { item: { id: 7, title: 'ПП Тест' } }],
    ['find', [{ ID: '12' }]],
    ['0', 99],
  ])

  it.each([
    ['$result[lead][item][id]', '7'],
    ['$result[find][0][ID]', '12'],
    ['$result[0]', '99'],
    ['№ $result[lead][item][id] – $result[lead][item][title]', '№ 7 – ПП Тест'],
    ['$result[nobody][id]', ''],
    ['$result[lead][item]', ''],
    ['$result[lead][item][__proto__]', ''],
    ['$resulting', '$resulting'],
  ])('%s', (value, expected) => {
    expect(resolveReferences({ a: { b: value } }, results)).toEqual({ a: { b: expected } })
  })
})
