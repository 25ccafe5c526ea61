import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shippedCampaigns } from '../../lib/campaign/shipped/index.ts'
import { type CardRef, cardKey } from '../../lib/contracts/card.ts'
import type { RefusalReason } from '../../lib/contracts/panel.ts'
import type { StopListCopyEntry } from '../../lib/contracts/relay-stop-list.ts'
import { send } from '../../lib/extension/send.ts'
import { recordFixture } from '../../lib/outcomes/record.fixture.ts'
import { keyOf } from '../../lib/stop-list/card-stops.ts'
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
const call = (number = '8 495 123-00-01') =>
  startCall(desk, { settled }, stopList, { ensure }, { card, number })
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
    [
      'too_soon',
      recordFixture({ kind: 'final', outcome: 'secretary_refusal', at: new Date().toISOString() }),
    ],
    ['pass_closed', recordFixture({ kind: 'pending' })],
  ])('is refused as %s, and leaves no draft behind', async (reason, last) => {
    show([recordFixture(), last])
    expect(await call()).toEqual({ ok: false, reason })
    expect(ensure).not.toHaveBeenCalled()
    expect(send).not.toHaveBeenCalled()
  })

  it('is refused for a barred number, and dialled for the free one beside it', async () => {
    const subject = { kind: 'phone', value: '+74951230001' } as const
    const entry: StopListCopyEntry = {
      ...{ id: '00000000-0000-4000-8000-000000000001', subject: 'mark', kind: 'phone' },
      ...{ scope: { kind: 'global' }, channel: 'call', term: { kind: 'permanent' } },
      ...{ source: 'client', enteredAt: '2026-03-01T10:00:00Z' },
    }
    desk.world.stopEntries = new Map([['mark', [entry]]])
    desk.world.stopMarks = new Map([[keyOf(subject), 'mark']])
    expect(await call()).toEqual({ ok: false, reason: 'stop_listed' })
    expect(ensure).not.toHaveBeenCalled()
    expect(await call('8 495 123-00-02')).toEqual({ ok: true, value: null })
  })

  it('right after opening the card waits for what is being read', async () => {
    settled.mockImplementation(async () => {
      show([recordFixture({ kind: 'final', stopList: 'permanent' })])
    })
    expect(await call()).toEqual({ ok: false, reason: 'stop_listed' })
    expect(settled).toHaveBeenCalledExactlyOnceWith(card)
  })
})
