// The offscreen document of Chromium: the softphone, and nothing to see.
import '../../lib/extension/zod-without-eval.ts'
import { browser } from 'wxt/browser'
import { PORTS } from '../../lib/contracts/messages.ts'
import { messaging } from '../../lib/extension/messaging.ts'
import { runSoftphonePage } from '../../lib/softphone/page.ts'

runSoftphonePage({
  connect: () => browser.runtime.connect({ name: PORTS.softphone }),
  // What each name is answered with is typed where the handlers stand.
  answer: (name, handler) =>
    messaging.onMessage(name, ({ data, sender }) => handler(data, sender) as Promise<never>),
  extension: { id: browser.runtime.id, origin: browser.runtime.getURL('/') },
})
