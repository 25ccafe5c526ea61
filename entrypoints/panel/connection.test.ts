import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import type { PanelState } from '../../lib/contracts/panel.ts'
import { baseState } from '../../test/gallery/sample-state.ts'
import { type Connection, connect } from './connection.ts'

/** A port whose other end is in the test's hands. */
function fakePort() {
  const onMessage: ((message: unknown) => void)[] = []
  const onDisconnect: (() => void)[] = []
  return {
    posted: [] as unknown[],
    tell: (message: unknown) => {
      for (const listener of onMessage) listener(message)
    },
    die: () => {
      for (const listener of onDisconnect) listener()
    },
    postMessage(message: unknown) {
      this.posted.push(message)
    },
    disconnect: vi.fn(),
    onMessage: { addListener: (listener: (message: unknown) => void) => onMessage.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => onDisconnect.push(listener) },
  }
}

let ports: ReturnType<typeof fakePort>[]
let told: Connection[]
const last = () => told.at(-1)

beforeEach(() => {
  vi.useFakeTimers()
  ports = []
  told = []
  vi.spyOn(browser.runtime, 'connect').mockImplementation((() => {
    const port = fakePort()
    ports.push(port)
    return port
  }) as unknown as typeof browser.runtime.connect)
  connect('nonce-1', (connection) => told.push(connection))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** A state as it travels: the campaign goes before, by itself. */
function tellState(port: ReturnType<typeof fakePort> | undefined, state: PanelState): void {
  const { campaign } = state
  if (campaign) port?.tell({ type: 'panel.campaign', campaign })
  const ref = campaign && { id: campaign.id, version: campaign.version }
  port?.tell({ type: 'panel.state', state: { ...state, campaign: ref } })
}

describe('the panel and its background', () => {
  test('the nonce is shown before anything else', () => {
    expect(ports[0]?.posted).toEqual([{ type: 'panel.hello', nonce: 'nonce-1' }])
  })

  test('a background that dies is asked again, and what was shown stays', () => {
    tellState(ports[0], baseState('ru'))
    ports[0]?.die()
    expect(last()).toMatchObject({ phase: 'away', count: 1 })
    expect(last()?.state).toEqual(baseState('ru'))
    vi.runOnlyPendingTimers()
    expect(ports).toHaveLength(2)
    tellState(ports[1], baseState('uk'))
    expect(last()).toMatchObject({ phase: 'connected', count: 2 })
  })

  test('a refusal is final and shows nothing of anybody', () => {
    tellState(ports[0], baseState('ru'))
    ports[0]?.tell({ type: 'panel.refused' })
    ports[0]?.die()
    vi.runOnlyPendingTimers()
    expect(last()).toMatchObject({ phase: 'refused', state: null })
    expect(ports).toHaveLength(1)
  })

  test('what breaks the contract is not shown', () => {
    ports[0]?.tell({
      type: 'panel.state',
      state: { ...baseState('ru'), campaign: null, theme: 'pink' },
    })
    expect(told).toEqual([])
  })
})
