import { beforeEach, describe, expect, it, vi } from 'vitest'
import { browser } from 'wxt/browser'
import config from '../../wxt.config.ts'
import { serveToolbar } from './toolbar.ts'
import { createDesk } from './world.ts'

function fakeToolbar() {
  const clicks: (() => void)[] = []
  return {
    clicks,
    onClicked: { addListener: (listener: () => void) => clicks.push(listener) },
    setBadgeText: vi.fn(async () => {}),
    setBadgeBackgroundColor: vi.fn(async () => {}),
  }
}
type Toolbar = Parameters<typeof serveToolbar>[1]

let toolbar: ReturnType<typeof fakeToolbar>
let desk: ReturnType<typeof createDesk>
beforeEach(() => {
  toolbar = fakeToolbar()
  desk = createDesk()
  serveToolbar(desk, toolbar as unknown as Toolbar)
})

describe('the toolbar icon', () => {
  it('opens the settings', () => {
    const open = vi.spyOn(browser.runtime, 'openOptionsPage').mockResolvedValue()
    for (const click of toolbar.clicks) click()
    expect(open).toHaveBeenCalledOnce()
  })

  it.each([
    [3, '3'],
    [0, ''],
    [100, '99+'],
  ])('shows %i undelivered effects as «%s»', async (undelivered, text) => {
    desk.set({ undelivered })
    await Promise.resolve()
    expect(toolbar.setBadgeText).toHaveBeenLastCalledWith({ text })
  })

  it('is told only of a number that changed', async () => {
    for (const undelivered of [2, 2]) {
      desk.set({ undelivered })
      await Promise.resolve()
    }
    expect(toolbar.setBadgeText).toHaveBeenCalledOnce()
  })

  it.each(['chrome', 'firefox'])('is in the manifest for %s', (browserName) => {
    const { manifest } = config
    if (typeof manifest !== 'function') throw new Error('the manifest is a function of the browser')
    expect(manifest({ browser: browserName } as Parameters<typeof manifest>[0])).toMatchObject({
      action: { default_title: '__MSG_name__' },
    })
  })
})
