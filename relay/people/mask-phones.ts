/**
 * A phone number as we store it or as people write it: `+380671234523`, `380671234523`,
 * `0671234523`, `8 (916) 123-45-67`, `+38 067 123-45-23`. Digits within a longer word, such as a
 * UUID, a hash or an instant, are none.
 */
const PHONE =
  /(?<![\w.+*:-])(?:\+[ (]{0,2}\d(?:[ ()\-.\u00a0]{0,2}\d){8,14}|(?:380|80|7|8)[ (]{0,2}\d(?:[ ()\-.\u00a0]{0,2}\d){8,9}|0[ (]{0,2}\d(?:[ ()\-.\u00a0]{0,2}\d){8})(?![\w*]|[.:-]\d)/g

/** Masks every phone number in a text: `+380671234523` → `+380 67 *** ** 23`. */
export function maskPhones(text: string): string {
  return text.replace(PHONE, (number) => maskPhone(number))
}

/** One number: country and network stay, and the last two digits, to tell two clients apart. */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, '')
  const plus = number.startsWith('+') ? '+' : ''
  const country =
    ['380', '80', '7', '8', '0'].find((code) => digits.startsWith(code)) ?? digits.slice(0, 2)
  const network = digits.slice(country.length, country.length + (country.length > 1 ? 2 : 3))
  return `${plus}${country} ${network} *** ** ${digits.slice(-2)}`
}

/** The same for a parsed JSON answer; the keys of records count as text, too. */
export function maskPhonesDeep(value: unknown): unknown {
  if (typeof value === 'string') return maskPhones(value)
  if (typeof value === 'number') return maskNumber(value)
  if (Array.isArray(value)) return value.map(maskPhonesDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [maskPhones(key), maskPhonesDeep(inner)]),
  )
}

/** Nobody ought to keep a phone number as a number; if it happens, it must not slip through. */
function maskNumber(value: number): number | string {
  const isPhone = Number.isInteger(value) && /^(380\d{9}|[78]\d{10})$/.test(String(value))
  return isPhone ? maskPhone(String(value)) : value
}
