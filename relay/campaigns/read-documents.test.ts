import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { render } from '../messages/template.ts'
import { readDocument, readDocuments } from './read-documents.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder('campaigns')
})
afterAll(() => rm(folder, { recursive: true }))

it('reads the documents of a folder, and nothing else in it', async () => {
  await writeFile(join(folder, 'a.json'), JSON.stringify(campaignFixture))
  await writeFile(join(folder, 'notes.txt'), 'not a campaign')
  expect(await readDocuments({ folder })).toEqual([campaignFixture])
})

const [sms, mail] = campaignFixture.templates
it.each([
  ['a wrong type', { waitSeconds: 'long' }, 'waitSeconds'],
  ['a template twice', { templates: [sms, sms] }, 'is there twice'],
  ['a mail without a subject', { templates: [{ ...mail, subject: null }] }, 'has no subject'],
])('refuses %s and says where', async (_name, change, complaint) => {
  await writeFile(join(folder, 'a.json'), JSON.stringify({ ...campaignFixture, ...change }))
  await expect(readDocuments({ folder })).rejects.toThrow(/^a\.json: /)
  await expect(readDocuments({ folder })).rejects.toThrow(complaint)
})

it('names the line of everything that is wrong', () => {
  const text = JSON.stringify({ ...campaignFixture, title: '', waitSeconds: 'long' }, null, 2)
  const lines = text.split('\n')
  const read = readDocument(text)
  const wrong = read.ok ? [] : read.reason
  expect(wrong.map(({ path }) => path)).toEqual(['waitSeconds'])
  for (const { path, line } of wrong) expect(lines[(line ?? 0) - 1]).toContain(`"${path}"`)
})

it('names the line of what is missing by the part that lacks it', () => {
  const { title: _, ...rest } = campaignFixture
  const read = readDocument(JSON.stringify(rest, null, 2))
  expect(read).toMatchObject({ ok: false, reason: [{ path: 'title', line: 1 }] })
})

it('says that a text is no JSON, and from which line on', () => {
  const read = readDocument('{\n  "id": "a",\n  oops\n}')
  expect(read).toMatchObject({ ok: false, reason: [{ message: 'not a JSON document', line: 3 }] })
})

it('refuses the same version twice', async () => {
  await expect(readDocuments([campaignFixture, campaignFixture])).rejects.toThrow('is there twice')
})

it('names a folder that is not there', async () => {
  await expect(readDocuments({ folder: join(folder, 'none') })).rejects.toThrow('RELAY_CAMPAIGNS')
})

const shipped = shippedCampaigns()
it.each(
  shipped.flatMap(({ id, templates }) => templates.map((t) => [id, t.id, t.channel, t] as const)),
)(
  '%s: the template %s (%s) can be filled with what the extension sends',
  (_campaign, _id, _channel, template) => {
    const variables = {
      contact: '',
      company: 'ТОВ «Приклад»',
      operator: 'Олена',
      customer: 'Заказчик',
      date: '05.03.2026',
      time: '11:17',
    }
    expect(render(template, variables)).toMatchObject({ ok: true })
  },
)
