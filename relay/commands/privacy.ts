import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import type { OpenDatabase } from '../database/open-database.ts'
import { erasePerson, erasuresOf, type PrivacyCounts, retain } from '../privacy/erase.ts'
import { readIdentifier } from '../privacy/identifier.ts'
import { type CommandResult, done, refused, usage } from './command.ts'

const ERASE = 'erase --phone +380501234567 | --mail a@example.com [--check] [--who NAME]'
const RETAIN = 'retain --days N [--who NAME]'

/** `erase`: everything the relay holds of one person; `--check`: when that was done before. */
export async function eraseCommand(
  { db }: Pick<OpenDatabase, 'db'>,
  args: string[],
): Promise<CommandResult> {
  const { values } = parseArgs({
    args,
    options: {
      phone: { type: 'string' },
      mail: { type: 'string' },
      who: { type: 'string', default: userInfo().username },
      check: { type: 'boolean', default: false },
    },
  })
  const identifier = readIdentifier(values)
  if (!identifier.ok) return refused(identifier.reason, ...usage(ERASE).lines)
  if (values.check) {
    const times = await erasuresOf(db, identifier.value)
    return times.length > 0
      ? done(...times.map((at) => `erased at ${at.toISOString()}`))
      : refused('never erased here')
  }
  const counts = await erasePerson(db, identifier.value, values.who)
  return done(
    `erased: ${inWords(counts)}; it is on record, without the number or address`,
    'Not touched: Bitrix24, gateways, backups made before, and the stop list, which protects.',
  )
}

/** `retain --days N`: removes personal data of what ended more than N days ago. */
export async function retainCommand(
  { db }: Pick<OpenDatabase, 'db'>,
  args: string[],
): Promise<CommandResult> {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: 'string', default: '' },
      who: { type: 'string', default: userInfo().username },
    },
  })
  const days = Number(values.days)
  if (!/^\d{1,5}$/.test(values.days) || days < 1) return usage(RETAIN)
  const counts = await db.transaction().execute((trx) => retain(trx, days, values.who))
  return done(`older than ${days} days, removed: ${inWords(counts)}; it is on record`)
}

function inWords(counts: PrivacyCounts): string {
  const parts = Object.entries(counts).map(([table, count]) => `${count} × ${table}`)
  return parts.join(', ') || 'nothing'
}
