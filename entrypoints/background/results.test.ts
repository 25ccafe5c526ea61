import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { type CardKey, cardKey } from '../../lib/contracts/card.ts'
import { type Outbox, openOutbox } from '../../lib/outbox/database.ts'
import { putDraft } from '../../lib/outbox/drafts.ts'
import { CARD, draftFixture, OPERATOR } from '../../lib/outcomes/draft.fixture.ts'
import { recordFixture } from '../../lib/outcomes/record.fixture.ts'
import { serveResults } from './results.ts'
import { unreadCard } from './view.ts'
import { createDesk, type Desk } from './world.ts'

type Handler = (data: { card: typeof CARD; attemptId: string }) => Promise<unknown>
const handlers = vi.hoisted(() => new Map<string, Handler>())
vi.mock('../../lib/extension/answer.ts', () => ({
  answer: (name: string, handle: Handler) => handlers.set(name, handle),
}))

const KEY: CardKey = cardKey(CARD)
const snapshot = { card: CARD, title: 'Lead', company: null, contact: null, phones: [] }
const draft = draftFixture()
const onSaved = vi.fn()

let desk: Desk
let db: Outbox
let databases = 0
beforeEach(async () => {
  databases += 1
  onSaved.mockClear()
  desk = createDesk()
  desk.world.campaigns = shippedCampaigns().slice(0, 1)
  desk.world.operator = OPERATOR
  db = await openOutbox(`results-${databases}`)
  await putDraft(db, draft)
  desk.world.drafts.set(KEY, draft)
  serveResults(
    desk,
    Promise.resolve(),
    db,
    { settled: async () => {} },
    { isOn: () => true, wake: () => {} },
    onSaved,
  )
})

const close = (attemptId = draft.attemptId) =>
  handlers.get('draft.close')?.({ card: CARD, attemptId })
const showHistory = (...history: ReturnType<typeof recordFixture>[]) =>
  desk.world.cards.set(KEY, { ...unreadCard(snapshot), history })

describe('closing an attempt without a result', () => {
  it('is refused as long as any outcome could be saved', async () => {
    showHistory(recordFixture())
    expect(await close()).toEqual({ ok: false, reason: 'not_allowed' })
    expect(desk.world.drafts.has(KEY)).toBe(true)
    expect(await db.effects.count()).toBe(0)
  })

  it('frees the operator where another operator’s result bars all of them', async () => {
    showHistory(recordFixture({ kind: 'final', stopList: 'permanent' }))
    expect(await close()).toEqual({ ok: true, value: null })
    expect(desk.world.drafts.has(KEY)).toBe(false)
    expect(await db.drafts.count()).toBe(0)
    expect(await db.effects.toArray()).toMatchObject([
      { state: 'waiting', effect: { type: 'comment', attemptId: draft.attemptId } },
    ])
    expect(onSaved).toHaveBeenCalledOnce()
  })

  it('of an attempt that is not in hand does nothing', async () => {
    showHistory(recordFixture({ kind: 'final' }))
    const other = '11111111-2222-4333-8444-555555555555'
    expect(await close(other)).toEqual({ ok: false, reason: 'nothing_to_save' })
    expect(await db.effects.count()).toBe(0)
  })
})
