import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { RefusalReason } from '../../lib/contracts/panel.ts'
import { send } from '../../lib/extension/send.ts'
import { recordFixture } from '../../lib/outcomes/record.fixture.ts'
import { startCall } from './calls.ts'
import { unreadCard } from './view.ts'
import { createDesk, type Desk } from './world.ts'

vi.mock('../../lib/extension/send.ts', () => ({
  send: vi.fn(async () => ({ ok: true, value: null })),
}))
vi.mock('../../lib/extension/softphone-host.ts', () => ({ ensureSoftphone: vi.fn() }))

const card: CardRef = { portal: 'https://portal.bitrix24.test', kind: 'lead', id: 12 }
const snapshot = { card, title: 'Lead 12', company: null, contact: null, phones: [] }
const sip = {
  server: 'wss://pbx.test',
  domain: 'pbx.test',
  user: '100',
  password: 'example',
  displayName: '',
}

let desk: Desk
const ensure = vi.fn(async () => null)
const settled = vi.fn(async () => {})
const stopList = { settled: async () => {} }
const call = () =>
  startCall(desk, { settled }, stopList, { ensure }, { card, number: '8 495 123-00-01' })
const show = (history: ReturnType<typeof recordFixture>[]) =>
  desk.world.cards.set(cardKey(card), { ...unreadCard(snapshot), history })

beforeEach(() => {
  vi.clearAllMocks()
  settled.mockImplementation(async () => {})
  desk = createDesk()
  desk.world.settings = { ...desk.world.settings, sip }
  desk.world.campaigns = shippedCampaigns().slice(0, 1)
  show([recordFixture()])
})

describe('a click on a number in the card', () => {
  it('dials, and its attempt begins', async () => {
    expect(await call()).toEqual({ ok: true, value: null })
    expect(ensure).toHaveBeenCalledOnce()
    expect(send).toHaveBeenCalledWith(
      'softphone.dial',
      expect.objectContaining({ number: '+74951230001', card, waitSeconds: 60 }),
    )
  })

  it.each<[RefusalReason, ReturnType<typeof recordFixture>]>([
    ['stop_listed', recordFixture({ kind: 'final', stopList: 'until_reviewed' })],
    ['pass_closed', recordFixture({ kind: 'final' })],
    ['pass_closed', recordFixture({ kind: 'pending' })],
  ])('is refused as %s, and leaves no draft behind', async (reason, last) => {
    show([recordFixture(), last])
    expect(await call()).toEqual({ ok: false, reason })
    expect(ensure).not.toHaveBeenCalled()
    expect(send).not.toHaveBeenCalled()
  })

  it('right after opening the card waits for what is being read', async () => {
    settled.mockImplementation(async () => {
      show([recordFixture({ kind: 'final', stopList: 'permanent' })])
    })
    expect(await call()).toEqual({ ok: false, reason: 'stop_listed' })
    expect(settled).toHaveBeenCalledExactlyOnceWith(card)
  })
})
