import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommand, encodeQuery, reference } from './batch.ts'
import { parsePhpQuery } from './scripted-portal.fixture.ts'

describe('a command of a batch', () => {
  it('is the method alone when it has no parameters', () => {
    expect(encodeCommand({ method: 'profile' })).toBe('profile')
  })

  it('writes nested maps and lists by brackets', () => {
    const params = { fields: { A: [{ VALUE: 1 }, { VALUE: 2 }] }, select: ['ID', 'TITLE'] }
    expect(encodeCommand({ method: 'm', params })).toBe(
      'm?fields[A][0][VALUE]=1&fields[A][1][VALUE]=2&select[0]=ID&select[1]=TITLE',
    )
  })

  it('leaves a reference to an earlier answer readable', () => {
    const params = { id: reference('lead', 'item', 'companyId') }
    expect(encodeCommand({ method: 'm', params })).toBe('m?id=$result[lead][item][companyId]')
  })

  it('empties a field for null, writes booleans as 1 and 0, and sends nothing for an empty list', () => {
    expect(encodeQuery({ a: null, b: true, c: false, d: [], e: {} })).toBe('a=&b=1&c=0')
  })

  it('survives a text cut in the middle of an emoji', () => {
    expect(() => encodeQuery({ text: '😀'.slice(0, 1) })).not.toThrow()
  })

  it.each([['a&b=c%d+e#f?g'], ['Ґанок, «Їжак» — 100 %\nдругий рядок'], ['[b]$result[x]'], ['😀']])(
    'brings %j through unharmed',
    (text) => {
      expect(parsePhpQuery(encodeQuery({ fields: { COMMENT: text } }))).toEqual({
        fields: { COMMENT: text },
      })
    },
  )

  it('brings any text through unharmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parsePhpQuery(encodeQuery({ a: { b: text } }))).toEqual({ a: { b: text } })
      }),
    )
  })
})
