import { createHash } from 'node:crypto'
import { z } from 'zod'

/**
 * A backup is a gzip of lines: a header; for each table a line with its name and columns, its rows
 * in PostgreSQL's text format of COPY, and a line `\.`; and at the end the number of rows of each
 * table and the SHA-256 of all lines before.
 */
export const BackupHeader = z.strictObject({
  format: z.literal('prozvon-backup'),
  formatVersion: z.literal(1),
  /** The newest migration that had run. */
  schema: z.string(),
  madeAt: z.iso.datetime(),
})
export type BackupHeader = z.infer<typeof BackupHeader>

export const BackupSection = z.strictObject({ table: z.string(), columns: z.array(z.string()) })
export type BackupSection = z.infer<typeof BackupSection>

const BackupEnd = z.strictObject({ rows: z.record(z.string(), z.number()), sha256: z.string() })

export const END_OF_ROWS = Buffer.from('\\.\n')
const NEW_LINE = 10

/** A backup that can't be used, and why, in words for the person who restores it. */
export class BackupError extends Error {}

export interface SourceTable extends BackupSection {
  rows: AsyncIterable<Buffer>
}

/** The lines of a backup, as they are to be written. */
export async function* writeLines(
  header: BackupHeader,
  tables: AsyncIterable<SourceTable>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const hashed = (bytes: Buffer) => {
    hash.update(bytes)
    return bytes
  }
  yield hashed(line(header))
  const counts: Record<string, number> = {}
  for await (const { table, columns, rows } of tables) {
    yield hashed(line({ table, columns }))
    let count = 0
    for await (const chunk of rows) {
      for (const byte of chunk) if (byte === NEW_LINE) count++
      yield hashed(chunk)
    }
    counts[table] = count
    yield hashed(END_OF_ROWS)
  }
  yield line({ rows: counts, sha256: hash.digest('hex') })
}

/** Reads a backup line by line; throws a BackupError at its end when it is not whole. */
export class BackupReader {
  private readonly lines: AsyncGenerator<Buffer>
  private readonly hash = createHash('sha256')

  constructor(source: AsyncIterable<Buffer>) {
    this.lines = linesOf(source)
  }

  async header(): Promise<BackupHeader> {
    const header = BackupHeader.safeParse(toJson(await this.next()))
    if (!header.success) throw new BackupError('this is no backup of a relay that I can read')
    return header.data
  }

  /** The next table, whose rows must be read first; null behind the last one. */
  async section(counts: Record<string, number>): Promise<SourceTable | null> {
    const digest = this.hash.copy().digest('hex')
    const value = toJson(await this.next())
    const section = BackupSection.safeParse(value)
    if (section.success) return { ...section.data, rows: this.rows(section.data.table, counts) }
    const end = BackupEnd.safeParse(value)
    const isWhole = end.success && end.data.sha256 === digest && isSame(end.data.rows, counts)
    if (!isWhole) throw new BackupError('the backup is damaged: its checksum does not fit')
    return null
  }

  private async *rows(table: string, counts: Record<string, number>): AsyncGenerator<Buffer> {
    counts[table] = 0
    for (;;) {
      const row = await this.next()
      if (row.equals(END_OF_ROWS)) return
      counts[table]++
      yield row
    }
  }

  private async next(): Promise<Buffer> {
    const { value, done } = await this.lines.next()
    if (done) throw new BackupError('the backup is cut short: its end is missing')
    this.hash.update(value)
    return value
  }
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let start = 0
    for (;;) {
      const end = bytes.indexOf(NEW_LINE, start)
      if (end < 0) break
      yield bytes.subarray(start, end + 1)
      start = end + 1
    }
    rest = bytes.subarray(start)
  }
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

function toJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

function isSame(one: Record<string, number>, other: Record<string, number>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => one[name] === other[name])
}
