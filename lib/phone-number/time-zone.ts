import { normaliseCity } from '../campaign/city.ts'
import { AREA_CODES, CITIES } from './time-zone-table.ts'

const ZONE_BY_CITY = byWord(CITIES)
const ZONE_BY_AREA_CODE = byWord(AREA_CODES)

/**
 * The client's IANA zone by number and city, or null when they don't tell. Ukraine has one zone;
 * in Russia the city counts first, then the landline's area code. A Russian mobile number may
 * ring anywhere between Kaliningrad and Kamchatka, so alone it tells nothing.
 */
export function timeZoneOf(client: { e164: string | null; city: string | null }): string | null {
  const number = client.e164 ?? ''
  if (number.startsWith('+380')) return 'Europe/Kyiv'
  if (number.startsWith('+375')) return 'Europe/Minsk'
  if (/^\+7[67]/.test(number)) return 'Asia/Almaty'
  const byCity = client.city === null ? undefined : ZONE_BY_CITY.get(normaliseCity(client.city))
  return byCity ?? byAreaCode(number)
}

/**
 * The client's zone where he has several numbers, in E.164: the first that tells it wins, so a
 * mobile number doesn't hide the landline behind it.
 */
export function timeZoneOfNumbers(city: string | null, numbers: readonly string[]): string | null {
  for (const e164 of numbers) {
    const zone = timeZoneOf({ e164, city })
    if (zone !== null) return zone
  }
  return timeZoneOf({ e164: null, city })
}

function byAreaCode(number: string): string | null {
  if (!number.startsWith('+7')) return null
  return ZONE_BY_AREA_CODE.get(number.slice(2, 5)) ?? null
}

function byWord(table: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries(table).flatMap(([zone, words]) =>
      words.split(',').map((word) => [normaliseCity(word), zone] as const),
    ),
  )
}
