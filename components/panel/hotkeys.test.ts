import { describe, expect, test } from 'vitest'
import { HOTKEYS, type KeyPress, readHotkey } from './hotkeys.ts'

const press = (more: Partial<KeyPress>): KeyPress => ({
  code: '',
  key: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isTyping: false,
  ...more,
})

describe('keys work by their place, whatever the layout', () => {
  test.each([
    ['п', 'Russian'],
    ['g', 'Latin'],
  ])('%s (%s) calls', (key) => {
    expect(readHotkey(press({ code: 'KeyG', key }))).toEqual({ type: 'call' })
  })

  test.each([
    [{ code: 'Digit2' }, { type: 'answer', digit: 2 }],
    [{ code: 'Numpad3' }, { type: 'answer', digit: 3 }],
    [
      { code: 'Digit2', altKey: true },
      { type: 'outcome', digit: 2 },
    ],
    [{ code: 'Enter', ctrlKey: true }, { type: 'save' }],
    [{ code: 'Digit7', key: '?', shiftKey: true }, { type: 'help' }],
    [{ code: 'Slash', key: ',', shiftKey: true }, { type: 'help' }],
  ] as const)('%j is %j', (keys, hotkey) => {
    expect(readHotkey(press(keys))).toEqual(hotkey)
  })

  test('no two actions share a key', () => {
    const codes = Object.values(HOTKEYS).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})

describe('keys never get in the way', () => {
  test('letters and digits typed into a field are text', () => {
    for (const code of ['KeyG', 'Digit1', 'Backspace']) {
      expect(readHotkey(press({ code, isTyping: true }))).toBeNull()
    }
  })

  test('Alt and Ctrl combinations work in a field', () => {
    expect(readHotkey(press({ code: 'Digit1', altKey: true, isTyping: true }))).not.toBeNull()
    expect(readHotkey(press({ code: 'Enter', ctrlKey: true, isTyping: true }))).not.toBeNull()
  })

  test.each([
    { code: 'KeyC', ctrlKey: true },
    { code: 'KeyV', ctrlKey: true },
    { code: 'KeyR', metaKey: true },
    { code: 'KeyG', shiftKey: true },
    { code: 'Digit1', altKey: true, ctrlKey: true },
    { code: 'KeyQ' },
  ])('%j stays the browser’s', (keys) => {
    expect(readHotkey(press(keys))).toBeNull()
  })
})
