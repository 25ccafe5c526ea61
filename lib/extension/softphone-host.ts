import { browser } from 'wxt/browser'

/**
 * Where the softphone lives: an offscreen document in Chromium, a small window in Firefox, whose
 * background page may not use the microphone. The only file that knows the difference.
 */
let starting: Promise<void> | null = null

/** Makes sure that the softphone's context exists. It may need a moment more to answer. */
export function ensureSoftphone(): Promise<void> {
  // Several callers at once must not make two: only one offscreen document is allowed.
  starting ??= start().finally(() => {
    starting = null
  })
  return starting
}

async function start(): Promise<void> {
  if (import.meta.env.FIREFOX) await startWindow()
  else await startOffscreen()
}

async function startOffscreen(): Promise<void> {
  const url = browser.runtime.getURL('/softphone.html')
  const existing = await browser.runtime.getContexts({
    contextTypes: ['OFFSCREEN_DOCUMENT'],
    documentUrls: [url],
  })
  if (existing.length > 0) return
  await browser.offscreen.createDocument({
    url,
    // AUDIO_PLAYBACK alone would be closed after 30 s of silence.
    reasons: ['USER_MEDIA', 'WEB_RTC', 'AUDIO_PLAYBACK'],
    justification: 'The call must outlive the page it was placed from.',
  })
}

async function startWindow(): Promise<void> {
  const url = browser.runtime.getURL('/phone.html')
  const existing = await browser.tabs.query({ url: `${url}*` })
  if (existing.length > 0) return
  await browser.windows.create({ url, type: 'popup', width: 360, height: 220 })
}
