import { describe, expect, test } from 'vitest'
import { behaviourOf, NUMBERS } from './number-plan.ts'

describe('the number plan', () => {
  test.each([
    [NUMBERS.noAnswer, 'no_answer'],
    [NUMBERS.answers, 'answer'],
    [NUMBERS.answersToo, 'answer'],
    [NUMBERS.tone, 'answer'],
    [NUMBERS.echo, 'answer'],
    [NUMBERS.hangsUp, 'answer'],
    [NUMBERS.busy, 'status'],
  ])('%s: %s', (number, kind) => {
    expect(behaviourOf(number).kind).toBe(kind)
  })

  test('takes the last two digits of any number', () => {
    expect(behaviourOf('+380441234586')).toEqual(behaviourOf(NUMBERS.busy))
  })

  test.each(['+74951230099', '1', ''])('knows no number %j: 404', (number) => {
    expect(behaviourOf(number)).toMatchObject({ kind: 'status', status: 404 })
  })
})
