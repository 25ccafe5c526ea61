import type { Kysely } from 'kysely'
import { csvLine } from '../csv-line.ts'
import type { Database } from '../database/schema.ts'
import { type AuditRow, readAudit } from './verify.ts'

/**
 * The log as a file. `jsonl`: a line for each row, `{"content": "…", "hash": "…"}`, which can be
 * verified by itself (docs/admin-guide.md). `csv` is for people and their tables.
 */
export async function* exportAudit(
  db: Kysely<Database>,
  format: 'csv' | 'jsonl',
): AsyncGenerator<string> {
  if (format === 'csv') yield '\uFEFFseq;at;kind;actor;subject;detail;hash\r\n'
  const line = format === 'csv' ? tableLine : jsonLine
  for await (const row of readAudit(db)) yield line(row)
}

function jsonLine({ content, hash }: AuditRow): string {
  return `${JSON.stringify({ content, hash: hash.toString('hex') })}\n`
}

function tableLine({ content, hash }: AuditRow): string {
  const { seq, at, kind, actor, subject, detail } = JSON.parse(content)
  const who = typeof actor === 'string' ? actor : `${actor.name} (${actor.personId})`
  const cells = [seq, at, kind, who, subject ?? '', JSON.stringify(detail), hash.toString('hex')]
  return csvLine(cells.map(String))
}
