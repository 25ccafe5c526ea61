import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { campaignFixture } from '../../test/gateways/relay-fixture.ts'
import { temporaryFolder } from '../../test/gateways/temporary-folder.ts'
import { render } from '../messages/template.ts'
import { loadCampaigns } from './campaign-library.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder('campaigns')
})
afterAll(() => rm(folder, { recursive: true }))

it('reads the documents of a folder, and nothing else in it', async () => {
  await writeFile(join(folder, 'a.json'), JSON.stringify(campaignFixture))
  await writeFile(join(folder, 'notes.txt'), 'not a campaign')
  const library = await loadCampaigns({ folder })
  expect(library.published()).toEqual([campaignFixture])
})

it('holds old versions for results that were saved by them, and publishes the newest', async () => {
  const old = { ...campaignFixture, version: 1, title: 'Old' }
  const library = await loadCampaigns([campaignFixture, old])
  expect(library.published()).toEqual([campaignFixture])
  expect(library.find({ id: old.id, version: 1 })).toEqual(old)
  expect(library.find({ id: old.id, version: 3 })).toBeNull()
})

const [sms, mail] = campaignFixture.templates
it.each([
  ['a wrong type', { waitSeconds: 'long' }, 'waitSeconds'],
  ['a template twice', { templates: [sms, sms] }, 'is there twice'],
  ['a mail without a subject', { templates: [{ ...mail, subject: null }] }, 'has no subject'],
])('refuses %s and says where', async (_name, change, complaint) => {
  await writeFile(join(folder, 'a.json'), JSON.stringify({ ...campaignFixture, ...change }))
  await expect(loadCampaigns({ folder })).rejects.toThrow(/^a\.json: /)
  await expect(loadCampaigns({ folder })).rejects.toThrow(complaint)
})

it('names a folder that is not there', async () => {
  await expect(loadCampaigns({ folder: join(folder, 'none') })).rejects.toThrow('RELAY_CAMPAIGNS')
})

const shipped = shippedCampaigns()
it.each(
  shipped.flatMap(({ id, templates }) => templates.map((t) => [id, t.id, t.channel, t] as const)),
)(
  '%s: the template %s (%s) can be filled with what the extension sends',
  async (_campaign, _id, _channel, template) => {
    await loadCampaigns(shipped)
    const variables = {
      contact: '',
      company: 'ТОВ «Приклад»',
      operator: 'Олена',
      customer: 'Заказчик',
      date: '05.03.2026',
      time: '11:17',
    }
    const rendered = render(template, variables)
    expect(rendered).toMatchObject({ ok: true })
  },
)
