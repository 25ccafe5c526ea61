import { describe, expect, test } from 'vitest'
import { brokenLimits, type Figure, isMet, ratioTo, type Unit } from './figure.ts'
import { counted, summarise, summariseRates } from './samples.ts'

const ONE_TO_TWENTY = Array.from({ length: 20 }, (_, index) => 20 - index)

function figure(changes: Partial<Figure>): Figure {
  const measured = summarise(ONE_TO_TWENTY)
  return { what: '', unit: 'ms', measured, limit: null, isHard: true, beside: [], ...changes }
}

describe('a summary', () => {
  test('names values that were measured, by the nearest rank', () => {
    expect(summarise(ONE_TO_TWENTY)).toEqual({ median: 10, p95: 19, samples: 20 })
    expect(counted(7)).toEqual({ median: 7, p95: 7, samples: 1 })
  })

  test('of rates has its bad end below', () => {
    expect(summariseRates(ONE_TO_TWENTY)).toEqual({ median: 11, p95: 2, samples: 20 })
  })

  test.each([[[]], [[1, Number.NaN]]])('of %j is refused: nothing was measured', (values) => {
    expect(() => summarise(values)).toThrow(RangeError)
  })
})

describe('a limit', () => {
  test.each<[Unit, number, boolean]>([
    ['ms', 19, true],
    ['ms', 18, false],
    ['per second', 19, true],
    ['per second', 20, false],
  ])('in %s of %d is met: %s, judged by the p95 of 19', (unit, limit, met) => {
    expect(isMet(figure({ unit, limit }))).toBe(met)
  })

  test('that isn’t set is neither met nor broken', () => {
    expect(isMet(figure({ limit: null }))).toBeNull()
    expect(brokenLimits([figure({ limit: null })])).toEqual([])
  })

  test('fails the bench only when it is hard', () => {
    const hard = figure({ limit: 1 })
    expect(brokenLimits([figure({ limit: 1, isHard: false }), hard])).toEqual([hard])
  })
})

test('the ratio compares medians', () => {
  expect(ratioTo(figure({}), { what: 'a peer', measured: counted(40) })).toBe(0.25)
})
