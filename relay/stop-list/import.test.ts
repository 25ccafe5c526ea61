import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StopImportOptions, type StopImportReport } from '../../lib/contracts/relay-stop-desk.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { addEntries } from './add-entries.ts'
import { stopListCommand } from './command.ts'
import { reverseEntry } from './decide.ts'
import { importEntries } from './import-entries.ts'
import { parseTerm, readStopList } from './read-csv.ts'

const BY = { personId: 'command', name: 'Admin' }
const NOW = new Date('2026-03-04T10:00:00Z')
const options = (change: object = {}) => StopImportOptions.parse(change)

describe('a file', () => {
  const read = (text: string, change: object = {}) => readStopList(text, options(change), NOW)

  it.each([
    ['semicolons', 'телефон;причина\n067 294-50-01;просили'],
    ['commas', 'Phone,Words\n0672945001,просили'],
    ['tabs and a mark', '\ufeffТелефон\tПричина\r\n+380672945001\tпросили\r\n'],
    ['what Excel adds', 'sep=;\nтелефон;причина;невідоме\n380672945001;просили;x'],
  ])('with %s is read', (_, text) => {
    const { entries, problems } = read(text)
    expect(problems).toEqual([])
    expect(entries).toMatchObject([
      { subject: { kind: 'phone', value: '+380672945001' }, words: 'просили', channel: 'all' },
    ])
  })

  it('without a heading is a list of numbers and addresses', () => {
    const { entries } = read('0672945001\nInfo@Romashka.test\n\n')
    expect(entries.map(({ subject }) => subject.value)).toEqual([
      '+380672945001',
      'info@romashka.test',
    ])
  })

  it.each([
    ['380672945', 'wrong_phone'],
    ['0672945001;;;sms+', 'wrong_channel'],
    ['0672945001;;;;somewhere', 'wrong_scope'],
    ['0672945001;;;;;2026-02-31', 'wrong_term'],
    [';no address', 'wrong_mail'],
    [';;1234567', 'wrong_company'],
    [';;;sms', 'no_subject'],
    ['"0672945001;a@b.test', 'open_quote'],
  ])('tells by line what is wrong with %s', (line, reason) => {
    const heading = 'phone;mail;edrpou;channel;scope;until'
    const { entries, problems } = read(`${heading}\n0672945009\n${line}`)
    expect(entries).toHaveLength(1)
    expect(problems).toMatchObject([{ line: 3, reason }])
  })

  it('bars a company by its name only where nothing else stands in the line', () => {
    const { entries } = read('company;phone\nРомашка;0672945001\nТОВ «Лютик»;')
    expect(entries.map(({ subject }) => subject.kind)).toEqual(['phone', 'company'])
  })

  it('that is none is refused as a whole', () => {
    expect(read('a;b\n1;2')).toMatchObject({
      entries: [],
      problems: [{ line: 1, reason: 'no_known_column' }],
    })
  })

  it('leaves out what was reversed or has ended', () => {
    const { entries, past } = read(
      'phone;until;reversed_at\n0672945001;01.01.2026;\n0672945002;;2026-01-01\n0672945003;04.03.2026;',
    )
    expect([entries.length, past]).toEqual([1, 2])
  })
})

it.each([
  ['permanent', { kind: 'permanent' }],
  ['04.03.2026', { kind: 'until', until: '2026-03-04T23:59:59.999Z' }],
  ['2026-03-04T10:00:00+02:00', { kind: 'until', until: '2026-03-04T08:00:00.000Z' }],
  ['31.02.2026', null],
  ['завтра', null],
])('the term %s is read', (text, term) => {
  expect(parseTerm(text)).toEqual(term)
})

describe('an import', () => {
  let database: TestDatabase
  let folder: string

  beforeAll(async () => {
    database = await openTestDatabase('stop-import')
    folder = await temporaryFolder('stop-files')
  }, 120_000)
  afterAll(async () => {
    await database?.close()
    await rm(folder, { recursive: true, force: true })
  }, 60_000)
  const mobile = (n: number) => `+38067${n}`
  const run = (text: string | Uint8Array, change: object = {}): Promise<StopImportReport> =>
    database.db
      .transaction()
      .execute((trx) =>
        importEntries(
          trx,
          BY,
          typeof text === 'string' ? new TextEncoder().encode(text) : text,
          options(change),
        ),
      )
  const total = async () =>
    (await database.db.selectFrom('stop_entry').select('id').execute()).length

  it('of thousands of rows is one version of the list; the same file again adds nothing', async () => {
    const lines = Array.from({ length: 5000 }, (_, n) => mobile(1_000_000 + n))
    const text = ['phone', ...lines, 'дірка', lines[0]].join('\n')
    const dry = await run(text, { dryRun: 'true' })
    expect(dry).toMatchObject({ added: 5000, known: 1, refused: 1, dryRun: true })
    expect(await total()).toBe(0)
    expect(await run(text)).toMatchObject({ added: 5000, known: 1, refused: 1 })
    const versions = await database.db
      .selectFrom('stop_entry')
      .select('version')
      .distinct()
      .execute()
    expect(versions).toHaveLength(1)
    expect(await run(text)).toMatchObject({ added: 0, known: 5001 })
    expect(await total()).toBe(5000)
  }, 60_000)

  it('of the same file at two places at once adds its rows once', async () => {
    const before = await total()
    const text = ['phone', mobile(2_000_001), mobile(2_000_002)].join('\n')
    const reports = await Promise.all([run(text), run(text)])
    expect(reports.map(({ added }) => added).sort()).toEqual([0, 2])
    expect((await total()) - before).toBe(2)
  })

  it('reads Windows-1251', async () => {
    // «Телефон;Причина» and «просили» as Windows-1251.
    const heading = Buffer.from('d2e5ebe5f4eeed3bcff0e8f7e8ede00a', 'hex')
    const words = Buffer.from('eff0eef1e8ebe8', 'hex')
    const file = Buffer.concat([heading, Buffer.from(`${mobile(3_000_001)};`), words])
    await run(file)
    const row = await database.db
      .selectFrom('stop_entry')
      .select('words')
      .where('subject_value', '=', mobile(3_000_001))
      .executeTakeFirst()
    expect(row?.words).toBe('просили')
  })

  it('takes back what an export wrote, and no formula leaves it', async () => {
    const request = {
      subjects: [
        { kind: 'phone', value: mobile(4_000_001) },
        { kind: 'mail', value: 'a@romashka.test' },
        { kind: 'company', value: 'name:лютик' },
      ],
      scope: { kind: 'customer', id: 'Замовник; «А»' },
      channel: 'sms',
      term: { kind: 'until_reviewed' },
      source: 'client',
      words: '=HYPERLINK("http://x")',
    } as const
    await database.db
      .transaction()
      .execute((trx) => addEntries(trx, BY, { ...request, subjects: [...request.subjects] }))
    const path = join(folder, 'export.csv')
    expect(await stopListCommand(database.db, ['export', path])).toMatchObject({ ok: true })
    const text = await readFile(path, 'utf8')
    expect(text.startsWith('\ufeffphone;')).toBe(true)
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(await run(text)).toMatchObject({ added: 0, refused: 0, problems: [] })
  })

  it('and a question and a decision work at the command line', async () => {
    const path = join(folder, 'list.csv')
    await writeFile(path, `phone\n${mobile(5_000_001)}\nx\n`)
    const command = (...args: string[]) => stopListCommand(database.db, args)
    const imported = await command('import', path, '--term', 'until_reviewed', '--who', 'Олена')
    expect(imported.lines).toEqual([
      'line 3: wrong_phone: x',
      'added: 1; known before: 0; reversed or ended: 0; refused: 1',
    ])
    const [found = ''] = (await command('check', mobile(5_000_001))).lines
    const id = found.split('\t')[0] ?? ''
    expect((await command('review')).lines.join('\n')).toContain(id)
    expect(await command('review', 'keep', id)).toMatchObject({ ok: false })
    expect(await command('review', 'reverse', id, '--reason', 'slip')).toMatchObject({ ok: true })
    expect((await command('check', mobile(5_000_001))).lines).toEqual(['not on the stop list'])
    expect(await command('import', path, '--channel', 'pigeon')).toMatchObject({ ok: false })
  })

  it('makes a reversed subject barred again', async () => {
    const text = `phone\n${mobile(6_000_001)}`
    await run(text)
    const { id } = await database.db
      .selectFrom('stop_entry')
      .select('id')
      .where('subject_value', '=', mobile(6_000_001))
      .executeTakeFirstOrThrow()
    await database.db.transaction().execute((trx) => reverseEntry(trx, BY, id, 'slip'))
    expect(await run(text)).toMatchObject({ added: 1 })
  })
})
