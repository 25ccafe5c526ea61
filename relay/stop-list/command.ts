import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import type { Kysely } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import { StopImportOptions, type StopImportReport } from '../../lib/contracts/relay-stop-desk.ts'
import { ContactChannel, type StopEntry, StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import { parseScope, scopeText } from '../../lib/stop-list/canonical.ts'
import { mailSubject, phoneSubject } from '../../lib/stop-list/subject.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { type CommandResult, done, refused } from '../commands/command.ts'
import type { Database } from '../database/schema.ts'
import { reverseEntry, reviewEntry } from './decide.ts'
import { entriesAsCsv } from './export-entries.ts'
import { findStops } from './find-stops.ts'
import { importEntries } from './import-entries.ts'
import { reviewQueue } from './list-entries.ts'
import { parseTerm } from './read-csv.ts'

export const STOP_LIST_USAGE = `       node relay/main.ts stop-list import <file> [--dry-run] [--scope <scope>] [--channel <channel>]
            [--term <term>] [--country UA|RU] [--source import|regulator] [--who <name>]
       node relay/main.ts stop-list export <file>
       node relay/main.ts stop-list check <number|address|company:…> [--channel call|sms|mail]
            [--customer <id>] [--campaign <id>]
       node relay/main.ts stop-list review [keep|reverse <id> --reason <text> [--who <name>]]
       node relay/main.ts stop-list reverse <id> --reason <text> [--who <name>]`

const text = { type: 'string' } as const
const OPTIONS = {
  ...{ scope: text, channel: text, term: text, country: text, source: text },
  ...{ customer: text, campaign: text, reason: text },
  who: { ...text, default: userInfo().username },
  'dry-run': { type: 'boolean', default: false },
} as const
type Values = ReturnType<typeof read>['values']

/** `stop-list`: files, questions and decisions at the command line, also beside a running relay. */
export async function stopListCommand(
  db: Kysely<Database>,
  args: string[],
): Promise<CommandResult> {
  const { values, positionals } = read(args)
  const [action, first = '', second = ''] = positionals
  switch (action) {
    case 'import':
      return importFile(db, first, values)
    case 'export':
      return first === '' ? refused(STOP_LIST_USAGE) : exportFile(db, first)
    case 'check':
      return check(db, first, values)
    case 'review':
      return first === '' ? queue(db) : decide(db, first, second, values)
    case 'reverse':
      return decide(db, 'end', first, values)
    default:
      return refused(STOP_LIST_USAGE)
  }
}

function read(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true })
}

async function importFile(
  db: Kysely<Database>,
  path: string,
  { who, 'dry-run': dryRun, scope, channel, term, country, source }: Values,
): Promise<CommandResult> {
  const given = { scope, channel, term, country, source, dryRun: String(dryRun) }
  const options = StopImportOptions.safeParse(given)
  if (!options.success) return refused(`--${options.error.issues[0]?.path.join('.')}: not known`)
  if (!parseScope(options.data.scope)) return refused('--scope: global, customer:… or campaign:…')
  if (!parseTerm(options.data.term)) return refused('--term: permanent, until_reviewed or a day')
  const file = await readFile(path).catch(() => null)
  if (!file) return refused(`${path || 'the file'} can't be read`)
  const by = { personId: 'command', name: who }
  const report = await db.transaction().execute((trx) => importEntries(trx, by, file, options.data))
  return done(...reportLines(report))
}

function reportLines({ dryRun, added, known, past, refused, problems }: StopImportReport) {
  return [
    ...problems.map(({ line, reason, cell }) => `line ${line}: ${reason}: ${cell}`),
    ...(refused > problems.length ? [`… and ${refused - problems.length} lines more`] : []),
    `${dryRun ? 'would be added' : 'added'}: ${added}; known before: ${known}; reversed or ended: ${past}; refused: ${refused}`,
  ]
}

/** For the eyes of whoever made it: the file holds numbers. */
async function exportFile(db: Kysely<Database>, path: string): Promise<CommandResult> {
  const event = { kind: 'data.exported', actor: 'command', subject: 'stop_list' } as const
  await db.transaction().execute((trx) => recordAudit(trx, event))
  const rows = Readable.from(entriesAsCsv(db, { state: 'all' }))
  await pipeline(rows, createWriteStream(path, { mode: 0o600 }))
  return done(`written: ${path}`)
}

async function check(
  db: Kysely<Database>,
  raw: string,
  { channel, customer = '', campaign = '' }: Values,
): Promise<CommandResult> {
  const subject = subjectIn(raw)
  const channels = channel === undefined ? ContactChannel.options : [channel]
  const asked = ContactChannel.array().safeParse(channels)
  if (!subject || !asked.success) return refused(STOP_LIST_USAGE)
  const answers = await findStops(
    db,
    asked.data.map((one) => ({
      subjects: [subject],
      channel: one,
      customerId: customer,
      campaignId: campaign,
    })),
  )
  const stops = new Map(answers.flat().map((entry) => [entry.id, entry]))
  return stops.size === 0
    ? done('not on the stop list')
    : done(...[...stops.values()].map(entryLine))
}

function subjectIn(raw: string): StopSubject | null {
  const company = /^company:(.+)$/s.exec(raw)?.[1]
  if (company !== undefined) {
    const value = /^(bitrix24|edrpou|inn|name):/.test(company) ? company : `name:${company}`
    return StopSubject.safeParse({ kind: 'company', value }).data ?? null
  }
  const subject = raw.includes('@') ? mailSubject(raw) : phoneSubject(raw)
  return subject.ok ? subject.value : null
}

async function queue(db: Kysely<Database>): Promise<CommandResult> {
  const { entries, next } = await reviewQueue(db, { limit: 500 })
  return done(...entries.map(entryLine), ...(next === null ? [] : ['… and more']))
}

const DECISIONS = ['keep', 'reverse', 'end'] as const

async function decide(
  db: Kysely<Database>,
  what: string,
  id: string,
  { reason = '', who }: Values,
): Promise<CommandResult> {
  const decision = DECISIONS.find((one) => one === what)
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  if (!decision || !isId || reason.trim() === '') return refused(STOP_LIST_USAGE)
  const by = { personId: 'command', name: who }
  const decided: Result<StopEntry, RelayProblem> = await db
    .transaction()
    .execute((trx) =>
      decision === 'end'
        ? reverseEntry(trx, by, id, reason.trim())
        : reviewEntry(trx, by, id, { decision, reason: reason.trim() }),
    )
  return decided.ok ? done(entryLine(decided.value)) : refused(decided.reason.message)
}

function entryLine({ id, subject, channel, scope, term, source, reversal, ...entry }: StopEntry) {
  const end = term.kind === 'until' ? `until ${term.until}` : term.kind
  const state = reversal ? `reversed ${reversal.at}` : end
  const facts = [id, subject.value, channel, scopeText(scope), state, source, entry.enteredAt]
  return [...facts, entry.enteredBy, entry.words.replace(/\s+/g, ' ')].join('\t')
}
