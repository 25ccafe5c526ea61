import { act, renderHook } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { AttemptDraft } from '../../lib/contracts/attempt.ts'
import { emptyInput } from '../../lib/outcomes/empty-input.ts'
import { draftOf } from '../../test/gallery/sample-state.ts'
import { receive, useDraft } from './use-draft.ts'

const CARD = 'https://portal.test|lead|12'
const begun = (revision: number, note = ''): AttemptDraft => ({
  ...draftOf('ru', [], { note }),
  revision,
})

function mount(draft: AttemptDraft | null) {
  const send = vi.fn()
  const hook = renderHook(
    (props: { card: string; draft: AttemptDraft | null; connection: number }) =>
      useDraft({ ...props, language: 'ru', send }),
    { initialProps: { card: CARD, draft, connection: 1 } },
  )
  return { ...hook, send }
}

describe('what the operator types is never lost', () => {
  test('a panel that is built again starts from the draft of the state', () => {
    const { result } = mount(begun(4, 'просила после обеда'))
    expect(result.current.input.note).toBe('просила после обеда')
    expect(result.current.revision).toBe(4)
  })

  test('an older echo does not overwrite what was typed meanwhile', () => {
    const { result, rerender, send } = mount(begun(1))
    act(() => result.current.change({ note: 'пр' }))
    act(() => result.current.change({ note: 'про' }))
    rerender({ card: CARD, draft: begun(2, 'пр'), connection: 1 })
    expect(result.current.input.note).toBe('про')
    expect(send.mock.calls.map(([input, revision]) => [input.note, revision])).toEqual([
      ['пр', 2],
      ['про', 3],
    ])
  })

  test('two changes in one go are both kept', () => {
    const { result } = mount(begun(1))
    act(() => {
      result.current.change({ note: 'сорок человек' })
      result.current.change({ reason: 'уже есть' })
    })
    expect(result.current.input).toMatchObject({ note: 'сорок человек', reason: 'уже есть' })
    expect(result.current.revision).toBe(3)
  })

  test('a newer revision from elsewhere is taken over', () => {
    const { result, rerender } = mount(begun(1))
    rerender({ card: CARD, draft: begun(5, 'из другого окна'), connection: 1 })
    expect(result.current.input.note).toBe('из другого окна')
  })

  test('what was typed before the first call goes over into the attempt and is sent again', () => {
    const { result, rerender, send } = mount(null)
    act(() => result.current.change({ note: 'до звонка' }))
    send.mockClear()
    rerender({ card: CARD, draft: begun(0), connection: 1 })
    expect(result.current.input.note).toBe('до звонка')
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ note: 'до звонка' }), 1)
  })

  test('after the background died what was typed is sent to the new one', () => {
    const { result, rerender, send } = mount(begun(1))
    act(() => result.current.change({ note: 'важно' }))
    send.mockClear()
    rerender({ card: CARD, draft: begun(1), connection: 2 })
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ note: 'важно' }), 2)
    expect(result.current.input.note).toBe('важно')
  })

  test('a saved attempt leaves an empty field, and so does another card', () => {
    const typed = { card: CARD, attemptId: 'a', revision: 3, input: emptyInput('ru') }
    const withNote = { ...typed, input: { ...typed.input, note: 'старое' } }
    expect(receive(withNote, CARD, null, 'ru')).toMatchObject({
      revision: 0,
      input: { note: '' },
    })
    expect(receive(withNote, 'another', null, 'ru').input.note).toBe('')
  })
})
