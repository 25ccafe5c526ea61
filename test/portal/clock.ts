import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'

/** The portal's idea of time. */
export interface PortalClock {
  /** Epoch milliseconds. */
  now(): number
  /** IANA zone of the server: API values are given in it (Bitrix24 docs: api-reference/data-types.md). */
  zone: string
}

const INSTANT_FORMAT = "yyyy-MM-dd'T'HH:mm:ssxxx"

/** An instant as the REST API writes it: `2026-03-07T10:20:30+03:00`, in the server's zone. */
export function writeInstant(epochMs: number, zone: string): string {
  return format(new TZDate(epochMs, zone), INSTANT_FORMAT)
}

/** Now, as the REST API writes it. */
export function nowText(clock: PortalClock): string {
  return writeInstant(clock.now(), clock.zone)
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/
const PORTAL = /^(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/

/**
 * Epoch milliseconds of a `date` or `datetime` parameter, or null when it is neither.
 * Without an offset it is a time of the server's zone. The portal's own form
 * (`31.12.2026 10:00:00`) is understood as well.
 */
export function readInstant(text: string, zone: string): number | null {
  const iso = ISO.exec(text.trim())
  if (iso) {
    const [, year, month, day, hour, minute, second, offset] = iso
    if (offset) {
      const at = Date.parse(
        `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${withColon(offset)}`,
      )
      return Number.isNaN(at) ? null : at
    }
    return wallTime([year, month, day, hour, minute, second], zone)
  }
  const portal = PORTAL.exec(text.trim())
  if (!portal) return null
  const [, day, month, year, hour, minute, second] = portal
  return wallTime([year, month, day, hour, minute, second], zone)
}

function withColon(offset: string): string {
  return offset === 'Z' || offset.includes(':')
    ? offset
    : `${offset.slice(0, 3)}:${offset.slice(3)}`
}

function wallTime(parts: (string | undefined)[], zone: string): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  )
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null
  const date = new TZDate(year, month - 1, day, hour, minute, second, zone)
  return date.getDate() === day ? date.getTime() : null
}
