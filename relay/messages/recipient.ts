import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { z } from 'zod'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'

const Address = z.email().max(254)

/**
 * Says what is wrong with a recipient, or null if nothing is. For SMS: E.164, of a mobile network
 * by the numbering plan. For mail: one bare address, so no list, no name, no header.
 */
export function recipientProblem(channel: RelayMessage['channel'], to: string): string | null {
  switch (channel) {
    case 'sms':
      return isMobile(to) ? null : 'to: must be a mobile number such as +380501234567'
    case 'mail':
      return Address.safeParse(to).success ? null : 'to: must be one address such as a@example.com'
  }
}

/** Without a default country: a number cut short must not turn into a valid one of some country. */
function isMobile(to: string): boolean {
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return false
  const number = parsePhoneNumberFromString(to)
  return number?.isValid() === true && number.number === to
}
