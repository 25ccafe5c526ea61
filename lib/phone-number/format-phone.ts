import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** An E.164 number as people read it aloud: `+7 495 123-00-01`, `+380 67 294 51 23`. */
export function formatPhone(e164: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164)
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`
  const ukrainian = /^\+380(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(e164)
  if (ukrainian) return `+380 ${ukrainian.slice(1).join(' ')}`
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
}
