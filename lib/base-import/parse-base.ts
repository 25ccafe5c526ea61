import Papa from 'papaparse'
import { type BaseColumn, columnOf } from './columns.ts'
import { type BaseContact, splitContact } from './split-contact.ts'

/** One firm of a base. */
export interface BaseRow {
  /** Row in the sheet: 1 is the heading. */
  row: number
  company: string
  address: string
  /** As written, one number each; not normalised. */
  phones: string[]
  contact: BaseContact
  emails: string[]
  source: string
  category: string
  /** Columns that we don't know, by heading; kept for the way back (requirement 000-24). */
  extra: Record<string, string>
}

export type BaseProblemKind =
  | 'missing_column'
  | 'missing_company'
  | 'missing_phone'
  | 'masked_phone'
  | 'wrong_email'
  | 'too_many_cells'
  | 'open_quote'
  /** A repeat limit of the campaign (`repeat-problems.ts`). */
  | 'too_soon'

/** What a person should look at. The row is there all the same. */
export interface BaseProblem {
  /** Row in the sheet: 1 is the heading. */
  row: number
  kind: BaseProblemKind
  /** The column or cell in question. */
  detail: string
}

export interface ParsedBase {
  rows: BaseRow[]
  problems: BaseProblem[]
}

const DELIMITERS = [';', ',', '\t'] as const
const REQUIRED: readonly BaseColumn[] = ['company', 'phone']

/**
 * Reads a base as the customer gave it (requirement 000-23): any of `;`, `,` and tab between
 * cells, dirty cells, unknown columns. Dirt never throws: it becomes problems.
 */
export function parseBase(text: string): ParsedBase {
  const plain = text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '')
  const delimiter = delimiterOf(plain)
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter })
  const [headings = [], ...records] = data
  const columns = headings.map((heading) => ({
    heading: heading.trim(),
    column: columnOf(heading),
  }))
  const problems: BaseProblem[] = [
    ...missingColumns(columns.map(({ column }) => column)),
    ...errors
      .filter(({ type }) => type === 'Quotes')
      .map(({ row }) => ({ row: (row ?? 0) + 1, kind: 'open_quote' as const, detail: '' })),
  ]
  const rows: BaseRow[] = []
  records.forEach((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const row = readRow(index + 2, cells, columns)
    rows.push(row)
    problems.push(...problemsOf(row))
    const surplus = cells.slice(columns.length).filter((cell) => cell.trim() !== '')
    if (surplus.length > 0) {
      problems.push({ row: row.row, kind: 'too_many_cells', detail: surplus.join(' ') })
    }
  })
  return { rows, problems }
}

/** The one of the three that the heading has most of, outside quotes. */
function delimiterOf(text: string): string {
  const heading = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((one) => heading.split(one).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ';'
}

interface Heading {
  heading: string
  column: BaseColumn | null
}

function readRow(row: number, cells: readonly string[], columns: readonly Heading[]): BaseRow {
  const known: Partial<Record<BaseColumn, string>> = {}
  const extra: Record<string, string> = {}
  columns.forEach(({ heading, column }, index) => {
    const cell = (cells[index] ?? '').trim()
    if (column !== null) known[column] ??= cell
    else if (heading !== '') extra[heading] = cell
  })
  return {
    row,
    company: oneLine(known.company),
    address: oneLine(known.address),
    phones: splitList(known.phone),
    contact: splitContact(oneLine(known.contact)),
    emails: splitList(known.email),
    source: oneLine(known.source),
    category: oneLine(known.category),
    extra,
  }
}

/** `380672945123,380501112233,` → two entries, each once. */
function splitList(cell = ''): string[] {
  const entries = cell.split(/[,;\n]/).map((entry) => entry.trim())
  return [...new Set(entries.filter((entry) => entry !== ''))]
}

function oneLine(cell = ''): string {
  return cell.replace(/\s+/g, ' ').trim()
}

function missingColumns(columns: readonly (BaseColumn | null)[]): BaseProblem[] {
  return REQUIRED.filter((column) => !columns.includes(column)).map((column) => ({
    row: 1,
    kind: 'missing_column',
    detail: column,
  }))
}

function problemsOf({ row, company, phones, emails }: BaseRow): BaseProblem[] {
  const problems: BaseProblem[] = []
  if (company === '') problems.push({ row, kind: 'missing_company', detail: '' })
  if (phones.length === 0) problems.push({ row, kind: 'missing_phone', detail: '' })
  for (const phone of phones) {
    if (/[xх*]{2,}/i.test(phone)) problems.push({ row, kind: 'masked_phone', detail: phone })
  }
  for (const email of emails) {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
      problems.push({ row, kind: 'wrong_email', detail: email })
    }
  }
  return problems
}
