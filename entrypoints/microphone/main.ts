// Asks for the microphone in a normal tab: the offscreen document can't show the browser's prompt.
import '../../lib/extension/zod-without-eval.ts'
import { Language } from '../../lib/contracts/common.ts'
import { messaging } from '../../lib/extension/messaging.ts'
import { browserMicrophone } from '../../lib/softphone/microphone.ts'
import { type Finding, TEXTS } from './texts.ts'

const language = Language.catch('ru').parse(new URLSearchParams(location.search).get('lang'))
const texts = TEXTS[language]
const button = element('ask')

document.documentElement.lang = language
document.title = texts.title
element('title').textContent = texts.title
element('why').textContent = texts.why
button.textContent = texts.ask
button.addEventListener('click', () => void ask())
void showPresent()

/** A permission given earlier needs no button; whether one was refused is said on the press. */
async function showPresent(): Promise<void> {
  if ((await browserMicrophone.state()) === 'granted') show('granted')
}

async function ask(): Promise<void> {
  const opened = await browserMicrophone.open()
  const finding = opened.ok ? 'granted' : opened.state
  if (opened.ok) for (const track of opened.stream.getTracks()) track.stop()
  show(finding)
  // No softphone may be running yet; it will ask the browser itself when it starts.
  await messaging.sendMessage('softphone.microphone', { state: finding }).catch(() => {})
}

function show(finding: Finding): void {
  element('state').textContent = texts.state[finding]
  button.hidden = finding === 'granted'
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`no #${id} in the page`)
  return found
}
