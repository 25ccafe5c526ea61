// Firefox's softphone: a small window, since its background page may not use the microphone.
import '../../lib/extension/zod-without-eval.ts'
import { browser } from 'wxt/browser'
import { Language } from '../../lib/contracts/common.ts'
import { PORTS } from '../../lib/contracts/messages.ts'
import type { SoftphoneSnapshot } from '../../lib/contracts/softphone.ts'
import { messaging } from '../../lib/extension/messaging.ts'
import { runSoftphonePage } from '../../lib/softphone/page.ts'
import { TEXTS } from './texts.ts'

const language = Language.catch('ru').parse(new URLSearchParams(location.search).get('lang'))
const texts = TEXTS[language]

const softphone = runSoftphonePage({
  connect: () => browser.runtime.connect({ name: PORTS.softphone }),
  // What each name is answered with is typed where the handlers stand.
  answer: (name, handler) =>
    messaging.onMessage(name, ({ data, sender }) => handler(data, sender) as Promise<never>),
  extension: { id: browser.runtime.id, origin: browser.runtime.getURL('/') },
  onChange: () => show(softphone.snapshot()),
})

document.documentElement.lang = language
setText('what', texts.what)
show(softphone.snapshot())
setInterval(() => show(softphone.snapshot()), 1_000)

// Closing this window ends the call, so it asks first. The browser words the question.
addEventListener('beforeunload', (event) => {
  if (softphone.isInCall()) event.preventDefault()
})

function show({ registration, call }: SoftphoneSnapshot): void {
  const isUp = call !== null && call.state !== 'ended'
  setText('call', isUp ? texts.call[call.state] : texts.idle[registration])
  setText('timer', isUp ? duration(call.facts.answeredAt ?? call.facts.startedAt) : '')
}

/** Time since `from`, as `m:ss`. */
function duration(from: string): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(from)) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Leaves equal text alone: screen readers would say it again. */
function setText(id: string, text: string): void {
  const element = document.getElementById(id)
  if (element && element.textContent !== text) element.textContent = text
}
