import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { recordAudit } from './audit-log.ts'
import { exportAudit } from './export.ts'
import { verifyAudit } from './verify.ts'

let database: TestDatabase
const actor = { personId: '3f0e8f4c-5d57-4c36-9b76-1b5f5a2d7a10', name: '=HYPERLINK("x")' }
const record = (count: number) =>
  database.db
    .transaction()
    .execute((trx) => recordAudit(trx, { kind: 'settings.changed', actor, detail: { count } }))

beforeAll(async () => {
  database = await openTestDatabase('audit')
  await Promise.all(Array.from({ length: 30 }, (_, count) => record(count)))
}, 120_000)

afterAll(() => database?.close(), 60_000)

it('writers at the same time make one chain without gaps', async () => {
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, seq: '30' })
})

it('what is rolled back leaves no line', async () => {
  const failed = database.db.transaction().execute(async (trx) => {
    await recordAudit(trx, { kind: 'settings.changed', actor: 'command' })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect(await verifyAudit(database.db)).toMatchObject({ ok: true, seq: '30' })
})

it.each([
  "update audit_event set content = 'x'",
  'delete from audit_event',
  'truncate audit_event',
])('the database refuses: %s', async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(/append-only/)
})

it('an export verifies without us', async () => {
  let previous: Buffer = Buffer.alloc(32)
  let count = 0
  for await (const line of exportAudit(database.db, 'jsonl')) {
    const { content, hash } = JSON.parse(line)
    previous = createHash('sha256').update(previous).update(content).digest()
    expect(previous.toString('hex')).toBe(hash)
    count += 1
  }
  expect(count).toBe(30)
})

it('no line of the CSV has a cell that begins a formula', async () => {
  let text = ''
  for await (const line of exportAudit(database.db, 'csv')) text += line
  expect(text).toContain(`"'=HYPERLINK(""x"") (`)
})

it.each([
  [
    'changed',
    'update audit_event set content = replace(content, \'"count":\', \'"count":1\') where seq = 7',
    '7',
  ],
  ['removed', 'delete from audit_event where seq = 7', '7'],
  ['cut off', 'delete from audit_event where seq > 20', '21'],
])('who gets round the guard is found: a row %s', async (_name, statement, seq) => {
  const tampering = database.db.transaction().execute(async (trx) => {
    await sql`alter table audit_event disable trigger audit_event_append_only`.execute(trx)
    await sql.raw(statement).execute(trx)
    expect(await verifyAudit(trx)).toMatchObject({ ok: false, seq })
    throw new Error('back')
  })
  await expect(tampering).rejects.toThrow('back')
})

it('a log that was rebuilt is found by an end that was written down', async () => {
  const anchor = { seq: '10', hash: '0'.repeat(64) }
  expect(await verifyAudit(database.db, anchor)).toMatchObject({ ok: false, seq: '10' })
  const beyond = { seq: '99', hash: '0'.repeat(64) }
  expect(await verifyAudit(database.db, beyond)).toMatchObject({ ok: false, seq: '99' })
})
