import { type PortalClock, readInstant, writeInstant } from '../clock.ts'
import { isPhpArray, phpText, positiveInt } from '../rest/php.ts'

const NUMBERS = ['PRIORITY', 'DESCRIPTION_TYPE', 'DIRECTION', 'NOTIFY_TYPE', 'NOTIFY_VALUE']
const NUMBERS_OF_RESULT = ['RESULT_MARK', 'RESULT_STATUS', 'RESULT_STREAM']
const TEXTS = ['SUBJECT', 'DESCRIPTION', 'LOCATION', 'ORIGINATOR_ID', 'ORIGIN_ID', 'PROVIDER_ID']
const TIMES = ['START_TIME', 'END_TIME', 'DEADLINE']

/** What `crm.activity.add` and `update` may set, as it is kept; all else is ignored. */
export function readActivityFields(
  given: Record<string, unknown>,
  clock: PortalClock,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const name of TEXTS) if (given[name] !== undefined) fields[name] = phpText(given[name])
  for (const name of [...NUMBERS, ...NUMBERS_OF_RESULT]) {
    if (given[name] !== undefined) fields[name] = Number(phpText(given[name])) || 0
  }
  for (const name of TIMES) {
    const at = readInstant(phpText(given[name]) ?? '', clock.zone)
    if (at !== null) fields[name] = writeInstant(at, clock.zone)
  }
  const responsible = positiveInt(given.RESPONSIBLE_ID)
  if (responsible !== null) fields.RESPONSIBLE_ID = responsible
  if (given.COMPLETED !== undefined) {
    fields.COMPLETED = ['Y', '1'].includes(phpText(given.COMPLETED) ?? '') ? 'Y' : 'N'
  }
  if (isPhpArray(given.SETTINGS)) fields.SETTINGS = given.SETTINGS
  return fields
}
