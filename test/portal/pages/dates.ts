import type { Language } from './types.ts'

const LOCALES: Record<Language, string> = { ru: 'ru-RU', ua: 'uk-UA', en: 'en-GB' }

/**
 * An instant in the user's time zone, as Bitrix24 shows it to him. What is no date is
 * returned as it came: it is the portal's data, not ours to judge.
 */
export function formatInstant(value: unknown, language: Language, timeZone: string): string {
  const text = String(value ?? '')
  const time = new Date(text)
  if (text === '' || Number.isNaN(time.getTime())) return text
  return time.toLocaleString(LOCALES[language], {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** An instant as the model script holds it: `14.04.2022 17:53:19`, the user's time zone. */
export function formatModelDate(value: unknown, timeZone: string): string {
  const text = String(value ?? '')
  const time = new Date(text)
  if (text === '' || Number.isNaN(time.getTime())) return text
  const parts = new Intl.DateTimeFormat('ru-RU', {
    timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(time)
  return parts.replace(',', '')
}
