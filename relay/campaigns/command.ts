import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Kysely, Transaction } from 'kysely'
import type { Result } from '../../lib/contracts/common.ts'
import type { RelayProblem } from '../../lib/contracts/relay-api.ts'
import type { Database } from '../database/schema.ts'
import type { Sealer } from '../secrets/sealed.ts'
import { csvOf } from './csv.ts'
import { readDraft } from './draft-store.ts'
import { publishDraft, retire, rollBack, writeDraft } from './edit.ts'
import { describeProblems, readDocument } from './read-documents.ts'
import { ensureSigningKey, rotateSigningKey } from './signing-keys.ts'
import { listSummaries } from './summaries.ts'
import { newestVersion, readVersion } from './version-store.ts'

export const CAMPAIGN_USAGE = `       node relay/main.ts campaign list [--csv <file>]
       node relay/main.ts campaign import <file> [--publish] [--note <text>]
       node relay/main.ts campaign export <id> [--version <n>] [--to <file>]
       node relay/main.ts campaign publish <id> [--note <text>]
       node relay/main.ts campaign rollback <id> --version <n> [--note <text>]
       node relay/main.ts campaign retire <id>
       node relay/main.ts campaign restore <id>
       node relay/main.ts campaign rotate-key`

/** Stands as editor and publisher of what is done by command. */
const BY = { id: 'command', name: 'command line' }

/** Files hold the customer's texts: nobody else on the machine needs them. */
const FILE_MODE = 0o600

const OPTIONS = {
  csv: { type: 'string' },
  to: { type: 'string' },
  version: { type: 'string' },
  note: { type: 'string', default: '' },
  publish: { type: 'boolean', default: false },
} as const

/**
 * One command on the campaigns, also beside running relays. Returns what to print; the reason when
 * it was refused, null when the command is none.
 */
export async function runCampaignCommand(
  db: Kysely<Database>,
  args: string[],
  sealer: Sealer | null,
): Promise<Result<string, string | null>> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const [action, target = ''] = positionals
  const { note } = values
  await ensureSigningKey(db, sealer)
  switch (action) {
    case 'list':
      return list(db, values.csv)
    case 'import':
      return importFile(db, target, { publish: values.publish, note }, sealer)
    case 'export':
      return exportVersion(db, target, values.version, values.to)
    case 'publish':
      return said(
        await inOne(db, (trx) => publish(trx, target, note, sealer)),
        (v) => `${target} ${v}`,
      )
    case 'rollback': {
      const version = Number(values.version)
      const newest = await newestVersion(db, target)
      if (!Number.isInteger(version) || newest === null) return refused(`no version to go back to`)
      const to = { version, newest, note }
      const back = await inOne(db, (trx) => rollBack(trx, target, BY, to, sealer))
      return said(back, (published) => `${target} ${published.version}`)
    }
    case 'retire':
    case 'restore':
      return said(
        await inOne(db, (trx) => retire(trx, target, BY, action === 'retire')),
        () => target,
      )
    case 'rotate-key':
      return { ok: true, value: await rotateSigningKey(db, sealer) }
    default:
      return { ok: false, reason: null }
  }
}

async function list(db: Kysely<Database>, csv: string | undefined) {
  const campaigns = await listSummaries(db, true)
  const rows = campaigns.flatMap((one) =>
    one.versions.map(({ version, publishedAt, publishedBy, origin, note }) => [
      ...[one.id, String(version), publishedAt, publishedBy, origin],
      ...[one.retiredAt ? 'retired' : '', note, one.title],
    ]),
  )
  if (csv === undefined) {
    const drafts = campaigns.flatMap(({ id, draft, title }) =>
      draft ? [[id, 'draft', draft.editedAt, draft.editedBy, '', '', '', title]] : [],
    )
    return {
      ok: true,
      value: [...rows, ...drafts].map((row) => row.join('\t')).join('\n'),
    } as const
  }
  const head = ['id', 'version', 'published at', 'published by', 'origin', 'state', 'note', 'title']
  return written(csv, csvOf([head, ...rows]))
}

/** A document becomes the campaign's draft; an open draft is never written over. */
async function importFile(
  db: Kysely<Database>,
  file: string,
  { publish: isPublished, note }: { publish: boolean; note: string },
  sealer: Sealer | null,
): Promise<Result<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return refused(`can't read ${file}`)
  const read = readDocument(text)
  if (!read.ok) return refused(`${file}:\n  ${describeProblems(read.reason)}`)
  const campaign = read.value
  const { id } = campaign
  const made = await inOne(db, async (trx): Promise<Result<string, RelayProblem>> => {
    const draft = await writeDraft(trx, id, BY, { document: { ...campaign }, stamp: null })
    if (!draft.ok) return draft
    if (!isPublished) return { ok: true, value: 'draft' }
    const version = await publish(trx, id, note, sealer)
    return version.ok ? { ok: true, value: String(version.value) } : version
  })
  return said(made, (what) => `${id} ${what}`)
}

async function publish(
  trx: Transaction<Database>,
  id: string,
  note: string,
  sealer: Sealer | null,
): Promise<Result<number, RelayProblem>> {
  const draft = await readDraft(trx, id)
  if (!draft) return { ok: false, reason: { code: 'not_found', message: `${id} has no draft` } }
  const made = await publishDraft(trx, id, BY, { stamp: draft.stamp, note }, sealer)
  return made.ok ? { ok: true, value: made.value.version } : made
}

async function exportVersion(
  db: Kysely<Database>,
  id: string,
  wanted: string | undefined,
  to: string | undefined,
): Promise<Result<string, string>> {
  const version = wanted === undefined ? await newestVersion(db, id) : Number(wanted)
  const held = Number.isInteger(version) && version && (await readVersion(db, id, version))
  if (!held) return refused(`campaign ${id} has no such version`)
  const text = `${JSON.stringify(held.document, null, 2)}\n`
  return to === undefined ? { ok: true, value: text.trimEnd() } : written(to, text)
}

/** Never over a file that is there: it may be somebody's. */
async function written(file: string, text: string): Promise<Result<string, string>> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: FILE_MODE })
    return { ok: true, value: file }
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    return refused(isThere ? `${file} is there already` : `can't write ${file}`)
  }
}

/** What is refused is undone whole. */
async function inOne<T>(
  db: Kysely<Database>,
  act: (trx: Transaction<Database>) => Promise<Result<T, RelayProblem>>,
): Promise<Result<T, RelayProblem>> {
  const trx = await db.startTransaction().execute()
  try {
    const result = await act(trx)
    await (result.ok ? trx.commit() : trx.rollback()).execute()
    return result
  } catch (error) {
    await trx.rollback().execute()
    throw error
  }
}

function said<T>(
  result: Result<T, RelayProblem>,
  say: (value: T) => string,
): Result<string, string> {
  if (result.ok) return { ok: true, value: say(result.value) }
  const { message, problems = [] } = result.reason
  return refused(
    [message, ...(problems.length > 0 ? [describeProblems(problems)] : [])].join('\n  '),
  )
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason }
}
