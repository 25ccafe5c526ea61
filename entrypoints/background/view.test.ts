import { describe, expect, it } from 'vitest'
import type { AttemptDraft, CallFacts } from '../../lib/contracts/attempt.ts'
import { type CardRef, type CardSnapshot, cardKey } from '../../lib/contracts/card.ts'
import { PanelState } from '../../lib/contracts/panel.ts'
import { OFF } from '../../lib/contracts/softphone.ts'
import { cardInHand, pageOrdersOf, panelStateOf, unreadCard } from './view.ts'
import { createDesk, type World } from './world.ts'

const TAB = 7
const lead = (id: number): CardRef => ({ portal: 'https://portal.bitrix24.test', kind: 'lead', id })
const snapshot = (id: number): CardSnapshot => ({
  card: lead(id),
  title: `Lead ${id}`,
  company: null,
  contact: null,
  phones: [],
})
const call: CallFacts = {
  callId: '6a3c1e0e-7d1c-4c66-9a0e-1a0d2a4a9f01',
  number: '+74951230001',
  direction: 'out',
  startedAt: '2026-03-02T10:00:00+03:00',
  ringingAt: null,
  answeredAt: null,
  endedAt: '2026-03-02T10:01:00+03:00',
  endedBy: 'us',
  sipStatus: 487,
}
const draft = (id: number, calls: CallFacts[], startedAt = '2026-03-02T10:00:00+03:00') =>
  ({ card: lead(id), calls, startedAt }) as AttemptDraft

function worldWith(...open: number[]): World {
  const { world } = createDesk()
  world.frames.set(
    TAB,
    open.map((id) => ({ frame: {}, snapshot: snapshot(id) })),
  )
  for (const id of open) world.cards.set(cardKey(lead(id)), unreadCard(snapshot(id)))
  return world
}

describe('the card in hand', () => {
  it('is the topmost open one while there is nothing else to do', () => {
    const state = panelStateOf(worldWith(1, 2), TAB)
    expect(state.card?.snapshot.title).toBe('Lead 2')
    expect(state.otherCard).toBeNull()
  })

  it('stays the called one when another is opened over it', () => {
    const world = worldWith(1, 2)
    const running = { facts: call, card: lead(1), state: 'talking', waitSeconds: 60 } as const
    world.softphone = { ...OFF, call: { ...running, muted: false, held: false, end: null } }
    const state = panelStateOf(world, TAB)
    expect(state.card?.snapshot.title).toBe('Lead 1')
    expect(state.otherCard?.title).toBe('Lead 2')
  })

  it('stays the one whose call has no result yet', () => {
    const world = worldWith(1, 2)
    world.drafts.set(cardKey(lead(1)), draft(1, [call]))
    expect(cardInHand(world)).toEqual(lead(1))
  })

  it('is not held by a draft without a call: something typed is no attempt', () => {
    const world = worldWith(1, 2)
    world.drafts.set(cardKey(lead(1)), draft(1, []))
    expect(cardInHand(world)).toBeNull()
  })

  it('is the newest of several without a result', () => {
    const world = worldWith()
    world.drafts.set(cardKey(lead(1)), draft(1, [call], '2026-03-02T12:00:00+03:00'))
    world.drafts.set(cardKey(lead(2)), draft(2, [call], '2026-03-02T11:00:00+03:00'))
    expect(cardInHand(world)).toEqual(lead(1))
  })
})

describe('what a tab is told', () => {
  it('keeps the panel’s contract', () => {
    expect(() => PanelState.parse(panelStateOf(worldWith(1), TAB))).not.toThrow()
  })

  it.each([
    ['hidden', worldWith(), false],
    ['panel', worldWith(1), false],
    ['rail', worldWith(1), true],
  ] as const)('shows the panel as «%s»', (presence, world, collapsed) => {
    const layout = { ...world.settings.layout, collapsed }
    world.settings = { ...world.settings, layout }
    expect(pageOrdersOf(world, TAB).presence).toBe(presence)
  })

  it('tells whether a card is open in the tab: without one Bitrix24 dials', () => {
    expect(pageOrdersOf(worldWith(1), TAB).hasCard).toBe(true)
    expect(pageOrdersOf(worldWith(1), TAB + 1).hasCard).toBe(false)
  })

  it('leaves clicks on numbers to Bitrix24 until a phone is set up', () => {
    expect(pageOrdersOf(worldWith(1), TAB).takesCalls).toBe(false)
  })
})
