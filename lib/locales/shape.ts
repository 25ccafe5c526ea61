import type { ru } from './ru.ts'

/** The same tree with any words at its leaves. */
type AnyWords<T> = { readonly [K in keyof T]: T[K] extends string ? string : AnyWords<T[K]> }

/** What every language provides: all texts, and all plurals in the forms that the language has. */
export interface Locale {
  readonly texts: AnyWords<typeof ru.texts>
  readonly plurals: Record<
    keyof typeof ru.plurals,
    Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>
  >
}

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

/** The path of a text, e.g. `call.state.ringing`. */
export type TextKey = Leaves<typeof ru.texts>

/** The name of a text that depends on a number, e.g. `plural.undelivered`. */
export type PluralKey = `plural.${keyof typeof ru.plurals}`
