import { describe, expect, it } from 'vitest'
import { readInstant } from '../clock.ts'
import { filterFields, matches } from './filter.ts'
import { page, sortRows } from './listing.ts'

const rules = { instantOf: (text: string) => readInstant(text, 'Europe/Moscow') }
const row: Record<string, unknown> = {
  id: 12,
  title: 'ООО Брус-Вектор',
  stageId: 'NEW',
  note: null,
  createdTime: '2026-03-04T10:00:00+03:00',
  phones: ['74951230001', '79031230011'],
}
const passes = (filter: unknown) => matches(filter, { ...rules, valueOf: (field) => row[field] })

describe('every operator of the list filter', () => {
  it.each([
    [{ id: '12' }, true],
    [{ '=id': 13 }, false],
    [{ '!id': 13 }, true],
    [{ '!=id': 12 }, false],
    [{ '>id': '9' }, true],
    [{ '>=id': 12 }, true],
    [{ '<id': 12 }, false],
    [{ '<=id': 12 }, true],
    [{ '@stageId': ['NEW', 'IN_PROCESS'] }, true],
    [{ '!@stageId': ['NEW', 'IN_PROCESS'] }, false],
    [{ stageId: ['JUNK'] }, false],
    [{ '%title': 'брус' }, true],
    [{ '!%title': 'брус' }, false],
    [{ '=%title': 'ООО%' }, true],
    [{ '%=title': '%Вектор' }, true],
    [{ '=%title': 'Вектор' }, false],
    [{ '!=%title': 'ООО%' }, false],
    [{ note: '' }, true],
    [{ '!note': '' }, false],
    [{ '!=title': '' }, true],
    [{ '<note': 5 }, false],
    [{ '>=createdTime': '2026-03-04T09:00:00+02:00' }, true],
    [{ '>createdTime': '2026-03-04T10:00:00' }, false],
    [{ phones: '79031230011' }, true],
    [{ phones: '79990000000' }, false],
  ])('%j → %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected)
  })
})

describe('groups of conditions', () => {
  it.each([
    [{ 0: { logic: 'OR', 0: { id: 1 }, 1: { stageId: 'NEW' } } }, true],
    [{ 0: { logic: 'OR', 0: { id: 1 }, 1: { stageId: 'JUNK' } } }, false],
    [{ stageId: 'NEW', 0: { logic: 'OR', 0: { id: 1 } } }, false],
    [{}, true],
  ])('%j → %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected)
  })

  it('fields inside groups are known too', () => {
    expect(filterFields({ a: 1, 0: { logic: 'OR', 0: { '>b': 1 } } })).toSatisfy(
      (names: string[]) => names.toSorted().join() === 'a,b',
    )
  })
})

describe('a page is 50 rows', () => {
  const rows = Array.from({ length: 120 }, (_, index) => index)

  it.each([
    [undefined, 0, 50, 50, 120],
    ['50', 50, 50, 100, 120],
    [100, 100, 20, undefined, 120],
    [-1, 0, 50, undefined, 0],
    ['200', undefined, 0, undefined, 120],
  ])('start=%s', (start, first, length, next, total) => {
    const answer = page(rows, start)
    const { result } = answer
    expect(Array.isArray(result) ? [result[0], result.length] : null).toEqual([first, length])
    expect([answer.next, answer.total]).toEqual([next, total])
  })
})

it('rows are sorted by several fields, numbers as numbers', () => {
  const rows = [
    { id: '10', name: 'б' },
    { id: '9', name: 'б' },
    { id: '1', name: 'а' },
  ]
  const field = (one: Record<string, string>, name: string) => one[name]
  const sorted = sortRows(rows, { name: 'DESC', id: 'asc' }, field, rules)
  expect(sorted.map(({ id }) => id)).toEqual(['9', '10', '1'])
})
