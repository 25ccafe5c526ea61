/** Parts of an address as far as they can be told apart; unknown ones are empty. */
export interface BaseAddress {
  postalCode: string
  country: string
  region: string
  city: string
  /** Street, house and all the rest. */
  street: string
}

const COUNTRY = /^(?:україна|украина|ukraine|росія|россия|российская федерация|рф|russia)$/i
const REGION = /(?:ська|ская|ський|ский|обл\.?|область|край|oblast|region)$/i
const DISTRICT = /(?:р-н|район)\.?$/i
const STREET =
  /^(?:вул|ул|просп|пр-т|пр\.|бул|бульв|пл\.|площа|площадь|пров|пер\.|наб|шосе|шоссе|ш\.|street|st\.)/i

/**
 * « 78623 Україна, Івано-Франківська, Шешори, Чорновола, 8» → its parts (requirement 000-23).
 * Without a region the first part is the city, as in «Москва, ул. Тестовая, 1».
 */
export function splitAddress(text: string): BaseAddress {
  const [, postalCode = '', rest = ''] = /^\s*(\d{5,6})?[\s,]*(.*)$/s.exec(text) ?? []
  const parts = rest
    .split(',')
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
  const country = COUNTRY.test(parts[0] ?? '') ? (parts.shift() ?? '') : ''
  const region = parts.length > 1 && REGION.test(parts[0] ?? '') ? (parts.shift() ?? '') : ''
  const at = parts.findIndex((part) => !DISTRICT.test(part))
  const [city = ''] = at === -1 || STREET.test(parts[at] ?? '') ? [] : parts.splice(at, 1)
  return {
    postalCode,
    country,
    region,
    city: city.replace(/^(?:м\.|г\.|с\.|смт\.?|місто|город)\s*/i, ''),
    street: parts.join(', '),
  }
}
