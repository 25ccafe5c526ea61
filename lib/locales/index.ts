import { createInstance } from 'i18next'
import type { Language } from '../contracts/common.ts'
import { en } from './en.ts'
import { ru } from './ru.ts'
import type { Locale, PluralKey, TextKey } from './shape.ts'
import { uk } from './uk.ts'

export type { PluralKey, TextKey } from './shape.ts'

/** All languages of the interface. */
export const LOCALES = { ru, uk, en } as const satisfies Record<Language, Locale>

/** Looks texts up; keys and the need for a `count` are checked by the compiler. */
export interface Translate {
  (key: TextKey, values?: Readonly<Record<string, string | number>>): string
  (key: PluralKey, values: Readonly<Record<string, string | number>> & { count: number }): string
}

/**
 * The texts of one language. Values are put in as they are: React escapes them.
 * Unknown keys can't be written; a plural form that a language lacks falls back to `other`.
 */
export function createTranslator(language: Language): Translate {
  const instance = createInstance({
    lng: language,
    resources: { [language]: { translation: resourcesOf(LOCALES[language]) } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  void instance.init()
  return (key: string, values?: Readonly<Record<string, string | number>>) =>
    instance.t(key, { ...values })
}

/** i18next finds plurals by suffix: `plural.undelivered_few`. */
function resourcesOf(locale: Locale) {
  const plural: Record<string, string> = {}
  for (const [name, forms] of Object.entries(locale.plurals)) {
    for (const [form, text] of Object.entries(forms)) plural[`${name}_${form}`] = text
  }
  return { ...locale.texts, plural }
}
