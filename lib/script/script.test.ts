import { describe, expect, test } from 'vitest'
import { Script } from '../contracts/campaign.ts'
import { markName, marksOf } from './marks.ts'
import { answer, back, currentStep, handleObjection, newWalk } from './walk.ts'

const AT = '2026-03-02T10:15:00+03:00'
const script = Script.parse({
  language: 'ru',
  start: 'greeting',
  steps: [
    {
      id: 'greeting',
      stage: 1,
      title: 'Приветствие',
      say: 'Добрый день',
      answers: [
        {
          id: 'dm',
          label: 'ЛПР',
          next: 'presentation',
          marks: [{ type: 'spoke_with', who: 'dm' }],
        },
        { id: 'nobody', label: 'Никого', next: null },
      ],
    },
    {
      id: 'presentation',
      stage: 3,
      title: 'Презентация',
      say: 'Коротко о сути',
      marks: [{ type: 'presentation' }],
      answers: [
        {
          id: 'price',
          label: 'Дорого – снято',
          next: null,
          marks: [{ type: 'objection_handled', objection: 'price' }],
        },
      ],
    },
  ],
  objections: [
    { id: 'price', title: 'Дорого', listen: '1', clarify: '2', answer: '3', decide: '4' },
  ],
})
const names = (walk = newWalk('ru'), byHand = marksOf(script, newWalk('ru'))) =>
  marksOf(script, walk, byHand).map(markName)

describe('a walk through the script', () => {
  test('begins at the start, follows the answers and ends', () => {
    const begun = newWalk('ru')
    expect(currentStep(script, begun)?.id).toBe('greeting')
    const second = answer(script, begun, 'dm', AT)
    expect(currentStep(script, second)?.id).toBe('presentation')
    const ended = answer(script, second, 'price', AT)
    expect(currentStep(script, ended)).toBeNull()
    expect(ended.answered.map(({ step }) => step)).toEqual(['greeting', 'presentation'])
  })

  test('a step leaves its marks when it is answered, not when it is shown', () => {
    const shown = answer(script, newWalk('ru'), 'dm', AT)
    expect(names(shown)).toEqual(['spoke_with:dm'])
    expect(names(answer(script, shown, 'price', AT))).toEqual([
      'spoke_with:dm',
      'presentation',
      'objection_handled:price',
    ])
  })

  test('back takes the answer and its marks away, also from the end', () => {
    const ended = answer(script, answer(script, newWalk('ru'), 'dm', AT), 'price', AT)
    const once = back(ended)
    expect(currentStep(script, once)?.id).toBe('presentation')
    expect(names(once)).toEqual(['spoke_with:dm'])
    expect(currentStep(script, back(once))?.id).toBe('greeting')
    expect(back(newWalk('ru'))).toEqual(newWalk('ru'))
  })

  test('an answer that the step does not have changes nothing', () => {
    const begun = newWalk('ru')
    expect(answer(script, begun, 'price', AT)).toBe(begun)
  })

  test('a step that a newer script no longer has leads back to the first', () => {
    const walk = { ...newWalk('ru'), at: 'gone', answered: [{ step: 'gone', answer: 'x', at: AT }] }
    expect(currentStep(script, walk)?.id).toBe('greeting')
    expect(names(walk)).toEqual([])
  })
})

describe('objections (004-5, 004-21)', () => {
  test('one counts once, and what was handled stays handled', () => {
    let walk = handleObjection(newWalk('ru'), 'price', false, AT)
    expect(names(walk)).toEqual(['objection_raised:price'])
    walk = handleObjection(walk, 'price', true, AT)
    walk = handleObjection(walk, 'price', false, AT)
    expect(names(walk)).toEqual(['objection_handled:price'])
  })

  test('marks by hand join those of the walk, each once', () => {
    const walk = answer(script, newWalk('ru'), 'dm', AT)
    expect(names(walk, [{ type: 'spoke_with', who: 'dm' }, { type: 'confirmed_aloud' }])).toEqual([
      'spoke_with:dm',
      'confirmed_aloud',
    ])
  })
})
