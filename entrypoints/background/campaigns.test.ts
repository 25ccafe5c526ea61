import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import type { Campaign } from '../../lib/contracts/campaign.ts'
import type { SignedCampaign } from '../../lib/contracts/relay-campaigns.ts'
import { forgetCampaigns } from '../../lib/extension/campaign-cache.ts'
import type { RelayClient } from '../../lib/extension/relay-client.ts'
import { makeKey, signCampaign, type TestKey } from '../../test/support/signed-campaigns.ts'
import { loadCampaigns } from './campaigns.ts'
import { createDesk, type Desk } from './world.ts'

const shipped = shippedCampaign('b2b-cold-ru') as Campaign
const first: Campaign = { ...shipped, id: 'first', version: 4 }
const second: Campaign = { ...shipped, id: 'second', version: 1 }

type Source = Pick<RelayClient, 'campaigns' | 'keys'>

let key: TestKey
beforeAll(async () => {
  key = await makeKey()
})
beforeEach(() => fakeBrowser.reset())

/** A relay that publishes these; tells what it was asked. */
async function publishing(campaigns: Campaign[], by: TestKey[] = [key], etag = '"1"') {
  const signer = by[0] ?? key
  const signed = await Promise.all(campaigns.map((campaign) => signCampaign(campaign, signer)))
  return source(signed, by, etag)
}
function source(signed: SignedCampaign[], by: TestKey[] = [key], etag = '"1"') {
  const asked: (string | null)[] = []
  const client: Source = {
    async campaigns(known) {
      asked.push(known)
      if (known === etag) return { ok: true, value: 'unchanged' }
      return { ok: true, value: { campaigns: signed, etag } }
    },
    keys: async () => ({ ok: true, value: { keys: by.map(({ jwk }) => jwk) } }),
  }
  return Object.assign(client, { asked })
}
const away: Source = {
  campaigns: async () => ({ ok: false, reason: { reason: 'away', code: null, detail: '' } }),
  keys: async () => ({ ok: false, reason: { reason: 'away', code: null, detail: '' } }),
}

/** A background that has just woken, after it asked the relay. */
async function wakeWith(client: Source | null, prepare: (desk: Desk) => void = () => {}) {
  const desk = createDesk()
  prepare(desk)
  await loadCampaigns(desk, client)
  return desk.world
}
const idsOf = ({ campaigns }: { campaigns: Campaign[] }) =>
  campaigns.map(({ id, version }) => `${id}@${version}`)

describe('the campaigns to work by', () => {
  it('are all that the relay publishes', async () => {
    const world = await wakeWith(await publishing([first, second]))
    expect(idsOf(world)).toEqual(['first@4', 'second@1'])
    expect(world).toMatchObject({ relay: 'online', campaignTrouble: null })
  })

  it.each([
    ['there is no relay', null, 'not_configured'],
    ['the relay is away', away, 'away'],
  ] as const)('are the shipped one when %s and none was ever given', async (_, client, relay) => {
    const world = await wakeWith(client)
    expect([idsOf(world), world.relay]).toEqual([['b2b-cold-ru@1'], relay])
  })

  it('are those given last when the relay is away', async () => {
    await wakeWith(await publishing([first, second]))
    expect(idsOf(await wakeWith(away))).toEqual(['first@4', 'second@1'])
  })

  it('are none when the relay has retired them all', async () => {
    await wakeWith(await publishing([first]))
    expect(idsOf(await wakeWith(await publishing([], [key], '"2"')))).toEqual([])
    expect(idsOf(await wakeWith(away))).toEqual([])
  })

  it('are not sent again while they are the same', async () => {
    const relay = await publishing([first])
    await wakeWith(relay)
    expect(idsOf(await wakeWith(relay))).toEqual(['first@4'])
    expect(relay.asked).toEqual([null, '"1"'])
  })

  it('keep the version by which an attempt in hand was begun', async () => {
    await wakeWith(await publishing([first]))
    const newer = await publishing([{ ...first, version: 5 }], [key], '"2"')
    const world = await wakeWith(newer, ({ world }) => {
      world.drafts.set('card' as never, { campaign: { id: 'first', version: 4 } } as never)
    })
    expect(idsOf(world)).toEqual(['first@5'])
    expect(idsOf({ campaigns: world.earlierCampaigns })).toEqual(['first@4'])
  })
})

describe('a campaign that can’t be trusted', () => {
  it('is refused and said so, the last good one stays, and it is asked for again', async () => {
    await wakeWith(await publishing([first, second]))
    const forged = await signCampaign({ ...first, version: 5 }, key)
    const broken = { ...forged, envelope: `${forged.envelope.slice(0, -4)}AAAA` }
    const relay = source([broken, await signCampaign(second, key)], [key], '"2"')
    const world = await wakeWith(relay)
    expect(idsOf(world)).toEqual(['first@4', 'second@1'])
    expect(world.campaignTrouble).toBe('forged')
    await wakeWith(relay)
    expect(relay.asked).toEqual(['"1"', null])
  })

  it('is one by a stranger’s key; by an endorsed one it is taken', async () => {
    await wakeWith(await publishing([first]))
    const stranger = await wakeWith(
      await publishing([{ ...first, version: 5 }], [await makeKey()], '"2"'),
    )
    expect([idsOf(stranger), stranger.campaignTrouble]).toEqual([['first@4'], 'unknown_key'])
    const rotated = await publishing([{ ...first, version: 5 }], [await makeKey(key), key], '"3"')
    const world = await wakeWith(rotated)
    expect([idsOf(world), world.campaignTrouble]).toEqual([['first@5'], null])
  })

  it('is trusted anew once the relay was set up anew', async () => {
    await wakeWith(await publishing([first]))
    await forgetCampaigns()
    const reinstalled = await publishing([second], [await makeKey()], '"2"')
    expect(idsOf(await wakeWith(reinstalled))).toEqual(['second@1'])
  })

  it('is none that was damaged in the browser’s own storage', async () => {
    await wakeWith(await publishing([first, second]))
    const stored = JSON.stringify((await fakeBrowser.storage.local.get('campaigns')).campaigns)
    const damaged = stored.replace(/[\w-]{8}"\}/, 'damaged0"}')
    await fakeBrowser.storage.local.set({ campaigns: JSON.parse(damaged) })
    expect(idsOf(await wakeWith(away))).toEqual(['second@1'])
    // It is fetched again as soon as the relay answers, though nothing has changed there.
    expect(idsOf(await wakeWith(await publishing([first, second])))).toEqual([
      'first@4',
      'second@1',
    ])
  })
})
