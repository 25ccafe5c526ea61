import { describe, expect, test } from 'vitest'
import { DeliveryReason, EffectState, MessageDetail, MessageState } from '../contracts/effect.ts'
import { Grade, VIOLATION_CODES } from '../contracts/outcome.ts'
import { CallEnd, CallState, Microphone, Registration } from '../contracts/softphone.ts'
import { createTranslator, LOCALES } from './index.ts'

const LANGUAGES = ['ru', 'uk', 'en'] as const

/** Words that are the same in Russian and Ukrainian and are meant to be. */
const SAME_IN_BOTH = [
  'Прозвон',
  'Результат',
  'Контакт',
  'Назад',
  'Причина',
  'причина: {{title}}',
  'Не актуально',
  'Квартира',
  'Готово',
  'Домен',
  'Пароль',
  'Тема',
  'Дата',
  'Гудки',
  'факс',
  'доставлено',
  'не доставлено',
  'записано',
  'Ключ оператора',
  '{{day}}, {{time}}',
  'SMS на {{to}}',
  'Сервер WebSocket',
]

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )
}

describe('the three languages', () => {
  test.each(['uk', 'en'] as const)('%s has exactly the texts of Russian', (language) => {
    const keys = leaves(LOCALES[language].texts).map(([key]) => key)
    expect(keys).toEqual(leaves(LOCALES.ru.texts).map(([key]) => key))
  })

  test.each(LANGUAGES)('no text of %s is empty, padded or shouts', (language) => {
    for (const [key, text] of leaves(LOCALES[language])) {
      expect(text, key).toBe(text.trim())
      expect(text, key).not.toBe('')
      expect(text, key).not.toContain('!')
    }
  })

  test.each(['uk', 'en'] as const)('%s keeps every placeholder of Russian', (language) => {
    const other = new Map(leaves(LOCALES[language].texts))
    const placeholders = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort()
    for (const [key, text] of leaves(LOCALES.ru.texts)) {
      expect(placeholders(other.get(key) ?? ''), key).toEqual(placeholders(text))
    }
  })

  test('nothing Russian was left in Ukrainian by mistake', () => {
    const uk = new Map(leaves(LOCALES.uk.texts))
    const same = leaves(LOCALES.ru.texts).filter(([key, text]) => uk.get(key) === text)
    expect(same.filter(([, text]) => !SAME_IN_BOTH.includes(text))).toEqual([])
    for (const [key, text] of leaves(LOCALES.uk)) expect(text, key).not.toMatch(/[ыэъё]|ЛПР|'/i)
  })

  test('nothing Cyrillic was left in English', () => {
    for (const [key, text] of leaves(LOCALES.en))
      expect(text, key).not.toMatch(/\p{Script=Cyrillic}/u)
  })
})

describe('plurals', () => {
  test.each(LANGUAGES)('%s has every form that the language knows', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [name, texts] of Object.entries(LOCALES[language].plurals)) {
      expect(Object.keys(texts).sort(), name).toEqual([...forms].sort())
    }
  })

  test.each([
    ['ru', 1, '1 запись ждёт отправки'],
    ['ru', 3, '3 записи ждут отправки'],
    ['ru', 11, '11 записей ждут отправки'],
    ['ru', 21, '21 запись ждёт отправки'],
    ['uk', 1, '1 запис чекає надсилання'],
    ['uk', 4, '4 записи чекають надсилання'],
    ['uk', 12, '12 записів чекають надсилання'],
    ['en', 1, '1 write waits to be sent'],
    ['en', 5, '5 writes wait to be sent'],
  ] as const)('%s counts %i', (language, count, text) => {
    expect(createTranslator(language)('plural.undelivered', { count })).toBe(text)
  })
})

describe('words of the contracts', () => {
  const { texts } = LOCALES.ru
  test.each([
    ['violations', VIOLATION_CODES, texts.violation],
    ['grades', Grade.options, texts.grade],
    ['delivery reasons', DeliveryReason.options, texts.delivery],
    ['words of gateways', MessageDetail.options, texts.after.detail],
    ['call ends', CallEnd.options, texts.call.end],
    ['registration', Registration.options, texts.registration],
    ['microphone', Microphone.options, texts.microphone],
  ] as const)('all %s have a text, and no text is left over', (_, codes, words) => {
    expect(Object.keys(words).sort()).toEqual([...codes].sort())
  })

  test('all states of calls, effects and messages have a text', () => {
    expect(Object.keys(texts.call.state)).toEqual(expect.arrayContaining([...CallState.options]))
    expect(Object.keys(texts.after.state)).toEqual(expect.arrayContaining([...EffectState.options]))
    expect(Object.keys(texts.after.message)).toEqual(
      expect.arrayContaining([...MessageState.options]),
    )
  })
})
