import { compactVerify, importJWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import { openTestDatabase, type TestDatabase } from '../../test/gateways/test-database.ts'
import { createLog } from '../log.ts'
import { openLibrary } from './campaign-library.ts'
import { readDraft } from './draft-store.ts'
import { discardDraft, publishDraft, retire, rollBack, settleOffer, writeDraft } from './edit.ts'
import { importCampaigns, readOffer } from './import.ts'
import { ensureSigningKey, publicKeys, rotateSigningKey } from './signing-keys.ts'
import { summaryOf } from './summaries.ts'
import { listVersions } from './version-store.ts'

const OLGA = { id: '1', name: 'Ольга' }
const IVAN = { id: '2', name: 'Иван' }
const log = createLog('silent')

let database: TestDatabase
let id: string
let campaign: Campaign
let count = 0
beforeAll(async () => {
  database = await openTestDatabase('campaigns')
  await ensureSigningKey(database.db, null)
}, 120_000)
afterAll(() => database?.close())

beforeEach(async () => {
  count += 1
  id = `campaign-${count}`
  const [shipped] = shippedCampaigns()
  if (!shipped) throw new Error('no shipped campaign')
  campaign = { ...shipped, id }
  await importCampaigns(database.db, [campaign], log, null)
})

type Trx = Parameters<Parameters<ReturnType<TestDatabase['db']['transaction']>['execute']>[0]>[0]
const inOne = <T>(act: (trx: Trx) => Promise<T>) => database.db.transaction().execute(act)

async function written(change: object, stamp: string | null = null, by = OLGA, base?: number) {
  const document = { ...campaign, ...change }
  const wish = { document, stamp, ...(base !== undefined && { base }) }
  const draft = await inOne((trx) => writeDraft(trx, id, by, wish))
  if (!draft.ok) throw new Error(JSON.stringify(draft.reason))
  return draft.value
}
async function published(change: object, note = '') {
  const { stamp } = await written(change)
  const version = await inOne((trx) => publishDraft(trx, id, OLGA, { stamp, note }, null))
  if (!version.ok) throw new Error(JSON.stringify(version.reason))
  return version.value
}
const library = () => openLibrary(database.db)

describe('publishing', () => {
  it('makes the draft the next version, whole and signed, and ends the draft', async () => {
    expect(await published({ title: 'Новая' }, 'другое имя')).toMatchObject({
      version: 2,
      origin: 'draft',
      publishedBy: 'Ольга',
      note: 'другое имя',
    })
    expect(await readDraft(database.db, id)).toBeNull()
    const own = (await library().published()).campaigns.find((one) => one.id === id)
    const [jwk] = await publicKeys(database.db)
    const key = await importJWK({ ...jwk }, 'ES256')
    const { payload, protectedHeader } = await compactVerify(own?.envelope ?? '', key)
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: jwk?.kid })
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      campaign: { ...campaign, version: 2, title: 'Новая' },
      publishedBy: 'Ольга',
    })
  })

  it('refuses a broken campaign, names every place, and leaves all as it was', async () => {
    const draft = await written({ title: '', timeZone: 'Kyiv' })
    expect(draft.problems.map(({ path }) => path)).toEqual(['title', 'timeZone'])
    const refused = await inOne((trx) =>
      publishDraft(trx, id, OLGA, { stamp: draft.stamp, note: '' }, null),
    )
    expect(refused).toMatchObject({ ok: false, reason: { code: 'invalid' } })
    expect(refused.ok ? [] : refused.reason.problems).toEqual(draft.problems)
    expect(await listVersions(database.db, id)).toHaveLength(1)
    expect(await readDraft(database.db, id)).toEqual(draft)
  })

  it('gives name and number itself: a draft can’t take another campaign’s place', async () => {
    await published({ id: 'other', version: 99 })
    expect(await library().find({ id, version: 2 })).toMatchObject({ id, version: 2 })
    expect(await library().find({ id: 'other', version: 99 })).toBeNull()
  })

  it('is refused when another version was published since the draft was begun', async () => {
    await published({ title: 'Вторая' })
    const draft = await written({ title: 'Третья' })
    const back = await inOne((trx) =>
      rollBack(trx, id, IVAN, { version: 1, newest: 2, note: 'вернуть' }, null),
    )
    expect(back).toMatchObject({ ok: true, value: { version: 3, origin: 'rollback', source: 1 } })

    const late = await inOne((trx) =>
      publishDraft(trx, id, OLGA, { stamp: draft.stamp, note: '' }, null),
    )
    expect(late).toMatchObject({
      ok: false,
      reason: {
        code: 'conflict',
        conflict: {
          stamp: draft.stamp,
          newest: 3,
          changes: [{ path: 'title', old: 'Вторая', new: campaign.title }],
        },
      },
    })
    // Having looked at them, she builds upon version 3.
    const { stamp } = await written({ title: 'Третья' }, draft.stamp, OLGA, 3)
    const version = await inOne((trx) => publishDraft(trx, id, OLGA, { stamp, note: '' }, null))
    expect(version).toMatchObject({ ok: true, value: { version: 4 } })
  })
})

describe('two coordinators at one draft', () => {
  it('the later one is told who changed what, and loses nothing of the other’s', async () => {
    const seen = await written({})
    await written({ title: 'Её имя', waitSeconds: 45 }, seen.stamp, OLGA)
    const late = await inOne((trx) =>
      writeDraft(trx, id, IVAN, { document: { ...campaign, title: 'Его' }, stamp: seen.stamp }),
    )
    expect(late).toMatchObject({
      ok: false,
      reason: {
        code: 'conflict',
        conflict: {
          editedBy: 'Ольга',
          changes: [
            { path: 'title', new: 'Её имя' },
            { path: 'waitSeconds', old: 60, new: 45 },
          ],
        },
      },
    })
    expect((await readDraft(database.db, id))?.document).toMatchObject({ title: 'Её имя' })
  })

  it('opening a second draft is a conflict, too', async () => {
    await written({ title: 'Первый' })
    const second = await inOne((trx) =>
      writeDraft(trx, id, IVAN, { document: { ...campaign }, stamp: null }),
    )
    expect(second).toMatchObject({
      reason: { conflict: { editedBy: 'Ольга', changes: [{ path: 'title', new: 'Первый' }] } },
    })
  })

  it('of two that write at once one wins', async () => {
    const { stamp } = await written({})
    const both = await Promise.all(
      [OLGA, IVAN].map((by) =>
        inOne((trx) =>
          writeDraft(trx, id, by, { document: { ...campaign, title: by.name }, stamp }),
        ),
      ),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('of two that publish at once one does, and the other is told', async () => {
    const { stamp } = await written({ title: 'Один раз' })
    const both = await Promise.all(
      [OLGA, IVAN].map((by) =>
        inOne((trx) => publishDraft(trx, id, by, { stamp, note: '' }, null)),
      ),
    )
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await listVersions(database.db, id)).toHaveLength(2)
    const refused = both.find(({ ok }) => !ok)
    expect(refused).toMatchObject({
      reason: { code: 'conflict', conflict: { newest: 2, stamp: null } },
    })
  })

  it('a draft is dropped only by who knows its state', async () => {
    const { stamp } = await written({})
    const unknown = crypto.randomUUID()
    expect((await inOne((trx) => discardDraft(trx, id, OLGA, unknown))).ok).toBe(false)
    expect((await inOne((trx) => discardDraft(trx, id, OLGA, stamp))).ok).toBe(true)
    expect(await readDraft(database.db, id)).toBeNull()
  })
})

describe('a retired campaign', () => {
  it('is not given to operators, can’t be published, is found for old results, and comes back', async () => {
    const ids = async () => (await library().published()).campaigns.map((one) => one.id)
    const before = (await library().published()).etag
    const { stamp } = await written({})
    expect((await inOne((trx) => retire(trx, id, OLGA, true))).ok).toBe(true)
    expect(await ids()).not.toContain(id)
    expect((await library().published()).etag).not.toBe(before)
    expect(await library().find({ id, version: 1 })).toEqual(campaign)
    expect(
      await inOne((trx) => publishDraft(trx, id, OLGA, { stamp, note: '' }, null)),
    ).toMatchObject({
      reason: { code: 'invalid' },
    })
    await inOne((trx) => retire(trx, id, OLGA, false))
    expect(await ids()).toContain(id)
  })

  it('must be there', async () => {
    expect(await inOne((trx) => retire(trx, 'nowhere', OLGA, true))).toMatchObject({
      reason: { code: 'not_found' },
    })
  })
})

describe('what the product brings along', () => {
  it('is published at first start, once, by any number of relays', async () => {
    await Promise.all([1, 2, 3].map(() => importCampaigns(database.db, [campaign], log, null)))
    expect(await listVersions(database.db, id)).toMatchObject([{ version: 1, origin: 'import' }])
  })

  it('is offered when it is newer, never put over what was made of it', async () => {
    await published({ title: 'Наша' })
    await importCampaigns(database.db, [{ ...campaign, version: 2, waitSeconds: 50 }], log, null)
    expect(await library().find({ id, version: 2 })).toMatchObject({ title: 'Наша' })
    expect((await summaryOf(database.db, id, true))?.hasOffer).toBe(true)
    expect((await summaryOf(database.db, id, false))?.hasOffer).toBe(false)

    const taken = await inOne((trx) => settleOffer(trx, id, OLGA, true))
    expect(taken).toMatchObject({ ok: true, value: { base: 2, document: { waitSeconds: 50 } } })
    expect(await readOffer(database.db, id)).toBeNull()
  })

  it('is not offered when it says the same, nor again once it was turned down', async () => {
    await importCampaigns(database.db, [{ ...campaign, version: 7 }], log, null)
    expect(await readOffer(database.db, id)).toBeNull()
    const newer = { ...campaign, version: 8, title: 'Новее' }
    await importCampaigns(database.db, [newer], log, null)
    await inOne((trx) => settleOffer(trx, id, OLGA, false))
    await importCampaigns(database.db, [newer], log, null)
    expect(await readOffer(database.db, id)).toBeNull()
  })
})

it('a rotated key is endorsed by the one before it, signs from then on, and old ones stay', async () => {
  const [old] = await publicKeys(database.db)
  const kid = await rotateSigningKey(database.db, null)
  const [now, before] = await publicKeys(database.db)
  expect([now?.kid, before]).toEqual([kid, old])
  const { payload } = await compactVerify(
    now?.endorsement ?? '',
    await importJWK({ ...old }, 'ES256'),
  )
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ kid })
})
