import Papa from 'papaparse'
import type { Result } from '../../lib/contracts/common.ts'
import type { StopImportOptions, StopImportProblem } from '../../lib/contracts/relay-stop-desk.ts'
import { StopEntry } from '../../lib/contracts/relay-stop-list.ts'
import { parseScope } from '../../lib/stop-list/canonical.ts'
import type { NewEntry } from './add-entries.ts'
import { type Cells, columnOf, type StopColumn } from './csv-columns.ts'
import { subjectsOf, type Wrong } from './csv-subjects.ts'

export interface LineProblem {
  /** 1 is the heading. */
  line: number
  reason: StopImportProblem
  /** What stands there, cut short. */
  cell: string
}

export interface ReadStopList {
  entries: NewEntry[]
  problems: LineProblem[]
  /** Lines that an export marks as reversed or ended. */
  past: number
}

const CELL_LENGTH = 100
const WORDS_LENGTH = 2000
const DELIMITERS = [';', ',', '\t'] as const

/**
 * Reads a stop list from a file (decisions, «CSV in»): `;`, `,` or tab, unknown columns are passed
 * over, a file without headings is a list of numbers and addresses. A line with anything wrong is
 * told and makes no entry: half an entry would bar too little or too much.
 */
export function readStopList(text: string, options: StopImportOptions, now: Date): ReadStopList {
  const plain = text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '')
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter: delimiterOf(plain) })
  const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row ?? 0))
  const first = data[0] ?? []
  const known = first.map(columnOf)
  const hasHeading = known.some((column) => column !== null)
  const read: ReadStopList = { entries: [], problems: [], past: 0 }
  if (!hasHeading && subjectsOf({ any: first[0] ?? '' }, options).ok === false) {
    read.problems.push({ line: 1, reason: 'no_known_column', cell: cut(first.join(' ')) })
    return read
  }
  data.forEach((row, index) => {
    if ((index === 0 && hasHeading) || row.every((cell) => cell.trim() === '')) return
    const cells: Cells = hasHeading ? cellsOf(known, row) : { any: row[0] ?? '' }
    if (cells.reversed || isOver(cells.until, now)) {
      read.past++
      return
    }
    const line = broken.has(index) ? wrong('open_quote', row.join(' ')) : readLine(cells, options)
    if (line.ok) read.entries.push(...line.value)
    else {
      const [reason, cell] = line.reason
      read.problems.push({ line: index + 1, reason, cell: cut(cell) })
    }
  })
  return read
}

/** `permanent`, `until_reviewed`, a day (`2026-03-04`, `04.03.2026`) to its end in UTC, an instant. */
export function parseTerm(text: string): StopEntry['term'] | null {
  const plain = text.trim().toLowerCase()
  if (plain === 'permanent' || plain === 'until_reviewed') return { kind: plain }
  const day = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(plain)
  const iso = day ? `${day[3]}-${day[2]}-${day[1]}` : text.trim()
  const until = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T23:59:59.999Z` : iso)
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(iso) || Number.isNaN(until.getTime())) return null
  // The 31st of February would roll over into March.
  if (!until.toISOString().startsWith(iso.slice(0, 10)) && !iso.includes('T')) return null
  return { kind: 'until', until: until.toISOString() }
}

function readLine(cells: Cells, options: StopImportOptions): Result<NewEntry[], Wrong> {
  const channel = StopEntry.shape.channel.safeParse(
    (cells.channel || options.channel).trim().toLowerCase(),
  )
  if (!channel.success) return wrong('wrong_channel', cells.channel)
  const scope = parseScope(cells.scope || options.scope)
  if (!scope) return wrong('wrong_scope', cells.scope)
  const term = parseTerm(cells.until || cells.term || options.term)
  if (!term) return wrong('wrong_term', cells.until || cells.term)
  const words = cells.words ?? ''
  if (words.length > WORDS_LENGTH) return wrong('too_long', words)
  const subjects = subjectsOf(cells, options)
  if (!subjects.ok) return subjects
  const cause = { scope, channel: channel.data, term, source: options.source, words }
  return { ok: true, value: subjects.value.map((subject) => ({ subject, ...cause })) }
}

/** A spreadsheet's guard against formulas, which our own export puts there, is no part of a cell. */
function cellsOf(known: readonly (StopColumn | null)[], row: readonly string[]): Cells {
  const cells: Cells = {}
  known.forEach((column, index) => {
    const cell = (row[index] ?? '').trim().replace(/^'(?=\s*[=+\-@])/, '')
    if (column !== null && cell !== '') cells[column] ??= cell
  })
  return cells
}

function isOver(until: string | undefined, now: Date): boolean {
  const term = until ? parseTerm(until) : null
  return term?.kind === 'until' && new Date(term.until) <= now
}

/** The one that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const heading = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '')
  const counts = DELIMITERS.map((one) => heading.split(one).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ';'
}

function wrong(reason: StopImportProblem, cell = ''): Result<never, Wrong> {
  return { ok: false, reason: [reason, cell] }
}

function cut(cell: string): string {
  return cell.trim().slice(0, CELL_LENGTH)
}
