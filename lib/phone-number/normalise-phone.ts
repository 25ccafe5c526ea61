import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

export type PhoneRefusal = 'empty' | 'not_a_number' | 'too_short' | 'too_long' | 'invalid'

export type NormalisedPhone =
  | { ok: true; e164: string; extension: string | null }
  | { ok: false; reason: PhoneRefusal }

const LABEL = /^(?:тел|моб|раб|факс|т|tel|mob|fax)[.:]*\s*/iu
const EXTENSION = /[\s,;(]*(?:доб|внутр|вн|ext|x|#)[.:\s]*(\d{1,6})\)?\s*$/iu
const DIALLABLE = /^[+\d\s().\-\u2010-\u2015\u00a0/]+$/

/** E.164 allows 15 digits; below nine nothing of ours can be dialled from abroad. */
const MIN_DIGITS = 9
const MAX_DIGITS = 15

/**
 * Makes E.164 of a number as people write it in a base or a card (requirement 000-23), and keeps
 * the extension apart. Ukrainian and Russian ways of writing are read by rules of our own first:
 * a phone library takes the cut number `380672945` for a valid one of Ukraine.
 */
export function normalisePhone(
  raw: string,
  options: { defaultCountry?: 'UA' | 'RU' } = {},
): NormalisedPhone {
  const text = raw.trim().replace(LABEL, '')
  if (text === '') return { ok: false, reason: 'empty' }
  const extension = EXTENSION.exec(text)?.[1] ?? null
  const number = text.replace(EXTENSION, '')
  if (!DIALLABLE.test(number)) return { ok: false, reason: 'not_a_number' }

  const digits = number.replace(/\D/g, '')
  if (digits.length > MAX_DIGITS) return { ok: false, reason: 'too_long' }
  const international = number.startsWith('+') ? `+${digits}` : null
  const candidate =
    ourReading(digits) ?? international ?? nationalReading(digits, options.defaultCountry)
  if (candidate === null) {
    return { ok: false, reason: digits.length < MIN_DIGITS ? 'too_short' : 'invalid' }
  }
  const parsed = parsePhoneNumberFromString(candidate)
  if (parsed === undefined || !parsed.isValid()) {
    return { ok: false, reason: digits.length < MIN_DIGITS ? 'too_short' : 'invalid' }
  }
  return { ok: true, e164: parsed.number, extension }
}

/** Ways of writing that mean one number whatever the country of the base. */
function ourReading(digits: string): string | null {
  if (digits.startsWith('380')) return digits.length === 12 ? `+${digits}` : null
  if (digits.length === 11 && digits.startsWith('80')) return `+3${digits}`
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`
  if (digits.length === 10 && digits.startsWith('0')) return `+38${digits}`
  return null
}

/** A number without its country. Never where it starts like a cut Ukrainian one: that is the trap. */
function nationalReading(digits: string, country: 'UA' | 'RU' | undefined): string | null {
  if (country === undefined || /^(380|80)/.test(digits)) return null
  return parsePhoneNumberFromString(digits, country)?.number ?? null
}
