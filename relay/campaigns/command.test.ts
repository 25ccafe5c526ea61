import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { runCampaignCommand } from './command.ts'
import { csvOf } from './csv.ts'

let database: TestDatabase
let folder: string
let id: string
let count = 0
beforeAll(async () => {
  folder = await temporaryFolder('campaign-command')
  database = await openTestDatabase('campaign-command-database')
}, 120_000)
afterAll(async () => {
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  count += 1
  id = `by-command-${count}`
})

const run = (...args: string[]) => runCampaignCommand(database.db, args, null)
async function fileOf(change: object): Promise<string> {
  const file = join(folder, `${id}-${crypto.randomUUID()}.json`)
  await writeFile(file, JSON.stringify({ ...campaignFixture, id, ...change }, null, 2))
  return file
}

it('imports a document as a draft, publishes it, and gives it out again', async () => {
  expect(await run('import', await fileOf({}))).toEqual({ ok: true, value: `${id} draft` })
  expect(await run('publish', id, '--note', 'первая')).toEqual({ ok: true, value: `${id} 1` })
  const exported = await run('export', id)
  expect(exported.ok && JSON.parse(exported.value)).toEqual({ ...campaignFixture, id, version: 1 })
})

it('exports into a file that only its owner reads, and never over another', async () => {
  await run('import', await fileOf({}), '--publish')
  const file = join(folder, `${id}-out.json`)
  expect(await run('export', id, '--to', file)).toEqual({ ok: true, value: file })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const before = await readFile(file, 'utf8')
  expect(await run('export', id, '--to', file)).toMatchObject({ ok: false })
  expect(await readFile(file, 'utf8')).toBe(before)
  expect(before).not.toContain('envelope')
})

it('refuses a broken document, naming the line, and an open draft is never written over', async () => {
  const broken = await run('import', await fileOf({ waitSeconds: 'long' }))
  expect(broken).toMatchObject({ ok: false })
  expect(broken.ok ? '' : broken.reason).toMatch(/line \d+: waitSeconds: /)
  await run('import', await fileOf({}))
  expect(await run('import', await fileOf({ title: 'x' }))).toMatchObject({ ok: false })
  expect(await run('import', join(folder, 'none.json'))).toMatchObject({ ok: false })
})

it('rolls back, retires and gives back', async () => {
  await run('import', await fileOf({}), '--publish')
  await run('import', await fileOf({ title: 'Вторая' }), '--publish')
  expect(await run('rollback', id, '--version', '1')).toEqual({ ok: true, value: `${id} 3` })
  expect(await run('rollback', id, '--version', '9')).toMatchObject({ ok: false })
  expect(await run('retire', id)).toMatchObject({ ok: true })
  expect(await run('publish', id)).toMatchObject({ ok: false })
  expect(await run('restore', id)).toMatchObject({ ok: true })
})

it('lists every version, for people and as a table', async () => {
  await run('import', await fileOf({ title: '=cmd()' }), '--publish', '--note', 'первая')
  const listed = await run('list')
  expect(listed.ok && listed.value).toContain(`${id}\t1\t`)
  const file = join(folder, `${id}.csv`)
  await run('list', '--csv', file)
  const line = (await readFile(file, 'utf8')).split('\r\n').find((row) => row.includes(id))
  expect(line).toContain(`;первая;'=cmd()`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

it('no command is no command', async () => {
  expect(await run('sing')).toEqual({ ok: false, reason: null })
})

it('a table opens in a spreadsheet without running anything', () => {
  expect(csvOf([['a;b', 'say "x"', '+1', '-2', '@x', 'ok']])).toBe(
    `\ufeff"a;b";"say ""x""";'+1;'-2;'@x;ok\r\n`,
  )
})
