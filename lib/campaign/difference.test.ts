import { describe, expect, it } from 'vitest'
import type { Campaign } from '../contracts/campaign.ts'
import { canonicalJson } from './canonical.ts'
import { differenceOf } from './difference.ts'
import { shippedCampaign } from './shipped/index.ts'

function campaign(): Campaign {
  const shipped = shippedCampaign('b2b-cold-ru')
  if (!shipped) throw new Error('no shipped campaign')
  return structuredClone(shipped)
}

describe('the difference of two versions', () => {
  it('is nothing between the same, whatever the order of names', () => {
    const one = campaign()
    const reversed = Object.fromEntries(Object.entries(one).reverse())
    expect(differenceOf(one, reversed)).toEqual([])
    expect(canonicalJson(one)).toBe(canonicalJson(reversed))
  })

  it('names a changed text by its outcome, in the titles that people know', () => {
    const newer = campaign()
    const [rule] = newer.outcomes
    if (rule) rule.comment.text = 'Никто не ответил {n}'
    expect(differenceOf(campaign(), newer)).toEqual([
      {
        type: 'changed',
        path: 'outcomes.no_answer.comment.text',
        place: ['outcomes', 'НЕТ ОТВЕТА', 'comment', 'text'],
        old: 'Нет ответа {n}',
        new: 'Никто не ответил {n}',
      },
    ])
  })

  it('tells one step put in front as one addition, with all that is in it', () => {
    const newer = campaign()
    const [script] = newer.scripts
    const [step] = script?.steps ?? []
    if (!script || !step) throw new Error('no step')
    const added = { ...step, id: 'before', title: 'Проверка связи' }
    script.steps.unshift(added)
    expect(differenceOf(campaign(), newer)).toEqual([
      {
        type: 'added',
        path: 'scripts.ru.steps.before',
        place: ['scripts', 'ru', 'steps', 'Проверка связи'],
        old: null,
        new: added,
      },
    ])
    expect(differenceOf(newer, campaign())).toMatchObject([{ type: 'removed', old: added }])
  })

  it('tells a new order once', () => {
    const newer = campaign()
    newer.templates.reverse()
    expect(differenceOf(campaign(), newer)).toMatchObject([{ path: 'templates.order' }])
  })

  it('finds a value in a list without ids by its place', () => {
    const newer = { ...campaign(), disabled: ['meeting_set' as const] }
    expect(differenceOf(campaign(), newer)).toMatchObject([
      { type: 'added', path: 'disabled.0', old: null, new: 'meeting_set' },
    ])
  })
})
