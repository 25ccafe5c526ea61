import { useEffect, useRef } from 'react'
import type { Language } from '../../lib/contracts/common.ts'

/**
 * Keys by their place on the keyboard (`event.code`), so that they work in every layout; chosen
 * so that the Cyrillic letter there starts the word: Позвонить, Трубка (положить), Микрофон,
 * Удержание, Возражение, Комментарий, Сохранить, Язык. No «З»: it looks like the digit 3.
 */
export const HOTKEYS = {
  call: { code: 'KeyG', cyrillic: 'П', latin: 'G' },
  hangUp: { code: 'KeyN', cyrillic: 'Т', latin: 'N' },
  mute: { code: 'KeyV', cyrillic: 'М', latin: 'V' },
  hold: { code: 'KeyE', cyrillic: 'У', latin: 'E' },
  objection: { code: 'KeyD', cyrillic: 'В', latin: 'D' },
  comment: { code: 'KeyR', cyrillic: 'К', latin: 'R' },
  save: { code: 'KeyC', cyrillic: 'С', latin: 'C' },
  language: { code: 'KeyZ', cyrillic: 'Я', latin: 'Z' },
  scriptBack: { code: 'Backspace', cyrillic: '⌫', latin: '⌫' },
} as const
export type HotkeyName = keyof typeof HOTKEYS

/** The key as it stands on the operator's keyboard. */
export function letterOf(name: HotkeyName, language: Language): string {
  return language === 'en' ? HOTKEYS[name].latin : HOTKEYS[name].cyrillic
}

export type Hotkey =
  | { type: HotkeyName }
  | { type: 'help' }
  /** The n-th answer of the script, from 1. */
  | { type: 'answer'; digit: number }
  /** The n-th outcome button, from 1. */
  | { type: 'outcome'; digit: number }

export interface KeyPress {
  code: string
  key: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  /** Focus is in a field, where letters are text. */
  isTyping: boolean
}

/** What a key press means, or null. In a field only Alt and Ctrl combinations are ours. */
export function readHotkey(press: KeyPress): Hotkey | null {
  if (press.metaKey) return null
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1]
  if (press.altKey) {
    return digit && !press.ctrlKey ? { type: 'outcome', digit: Number(digit) } : null
  }
  if (press.ctrlKey) return press.code === 'Enter' ? { type: 'save' } : null
  if (press.isTyping) return null
  if (press.key === '?' || (press.shiftKey && press.code === 'Slash')) return { type: 'help' }
  if (press.shiftKey) return null
  if (digit) return { type: 'answer', digit: Number(digit) }
  for (const [name, { code }] of Object.entries(HOTKEYS)) {
    if (code === press.code) return { type: name as HotkeyName }
  }
  return null
}

/**
 * Listens while the panel's document has focus. `onHotkey` tells whether it did something; then
 * the key goes no further. Esc never leaves the panel. Open dialogs keep their keys.
 */
export function useHotkeys(onHotkey: (hotkey: Hotkey) => boolean): void {
  const latest = useRef(onHotkey)
  useEffect(() => {
    latest.current = onHotkey
  })

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.stopPropagation()
      if (event.isComposing || event.repeat || document.querySelector('dialog[open]')) return
      const hotkey = readHotkey({
        code: event.code,
        key: event.key,
        altKey: event.altKey,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
        isTyping: isField(event.composedPath()[0]),
      })
      if (!hotkey || !latest.current(hotkey)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Letters typed here are text; in boxes to tick they are not. */
function isField(target: EventTarget | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches('textarea, select')) return true
  return target.matches('input:not([type=checkbox], [type=radio])')
}
