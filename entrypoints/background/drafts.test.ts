import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { cardKey } from '../../lib/contracts/card.ts'
import { openOutbox } from '../../lib/outbox/database.ts'
import { CARD, callFixture, draftFixture } from '../../lib/outcomes/draft.fixture.ts'
import { recordFixture } from '../../lib/outcomes/record.fixture.ts'
import { type Drafts, serveDrafts } from './drafts.ts'
import { unreadCard } from './view.ts'
import { createDesk, type Desk } from './world.ts'

// Only one listener a message may be set up in a context.
vi.mock('../../lib/extension/answer.ts', () => ({ answer: () => {} }))

const KEY = cardKey(CARD)
const snapshot = { card: CARD, title: 'Lead', company: null, contact: null, phones: [] }

/** No relay, so nothing is collected. */
const LOG = { isOn: () => false, wake: () => {} }

let desk: Desk
let drafts: Drafts
let databases = 0
beforeEach(async () => {
  databases += 1
  desk = createDesk()
  desk.world.campaigns = shippedCampaigns().slice(0, 1)
  drafts = serveDrafts(desk, Promise.resolve(), await openOutbox(`drafts-${databases}`), LOG)
})

describe('the pass of an attempt', () => {
  const closed = [recordFixture({ kind: 'final', nextContactAt: '2026-03-02T12:00:00+03:00' })]

  beforeEach(() => desk.world.cards.set(KEY, { ...unreadCard(snapshot), history: closed }))

  it('is settled by the first call: what was typed before belongs to no pass', async () => {
    desk.world.drafts.set(KEY, draftFixture({ calls: [], pass: 1 }))
    expect(await drafts.ensure(CARD)).toMatchObject({ pass: 2, revision: 0 })
  })

  it('stays what it was once there is a call', async () => {
    desk.world.drafts.set(KEY, draftFixture({ pass: 1 }))
    expect(await drafts.ensure(CARD)).toMatchObject({ pass: 1 })
  })
})

describe('what the softphone tells of a call', () => {
  it('is noted in the attempt in hand', async () => {
    desk.world.drafts.set(KEY, draftFixture({ calls: [] }))
    await drafts.noteCall(CARD, callFixture())
    expect(desk.world.drafts.get(KEY)?.calls).toEqual([callFixture()])
  })

  it('is none of an attempt that began after it: its own has its result', async () => {
    const startedAt = '2026-03-02T10:17:00.000Z'
    desk.world.drafts.set(KEY, draftFixture({ calls: [], startedAt }))
    await drafts.noteCall(CARD, callFixture())
    expect(desk.world.drafts.get(KEY)?.calls).toEqual([])
  })
})
