import { type Browser, browser } from 'wxt/browser'
import type { Desk } from './world.ts'

/** Calm: what waits to be sent is no alarm, it goes by itself. */
const BADGE_COLOUR = '#4b5d73'
/** The badge has room for so much. */
const MOST_SHOWN = 99

type Toolbar = Pick<typeof Browser.action, 'onClicked' | 'setBadgeText' | 'setBadgeBackgroundColor'>

/** The toolbar icon: opens the settings, and counts what is saved and not yet delivered. */
export function serveToolbar(
  desk: Desk,
  // Manifest V2 has it under another name.
  toolbar: Toolbar = browser.action ?? browser.browserAction,
): void {
  let shown: number | null = null

  toolbar.onClicked.addListener(() => void browser.runtime.openOptionsPage())
  void toolbar.setBadgeBackgroundColor({ color: BADGE_COLOUR })
  desk.watch(() => {
    const { undelivered } = desk.world
    if (undelivered === shown) return
    shown = undelivered
    void toolbar.setBadgeText({ text: badgeText(undelivered) })
  })
}

function badgeText(undelivered: number): string {
  if (undelivered === 0) return ''
  return undelivered > MOST_SHOWN ? `${MOST_SHOWN}+` : String(undelivered)
}
