import type { z } from 'zod'
import {
  type AnswerOf,
  type MessageName,
  Messages,
  type SoftphonePortMessage,
} from '../contracts/messages.ts'
import { startTimer } from './engine.ts'
import { browserMicrophone } from './microphone.ts'
import { connectPort, type PortParts } from './port.ts'
import { createRingback } from './ringback.ts'
import { createSipJsEngine } from './sip-js-engine.ts'
import { createSoftphone, type Softphone } from './softphone.ts'

type SoftphoneMessage = Extract<MessageName, `softphone.${string}`>
type Data<K extends SoftphoneMessage> = z.output<(typeof Messages)[K]>
type Handlers = {
  [K in SoftphoneMessage]: (data: Data<K>) => AnswerOf<K> | Promise<AnswerOf<K>>
}

/** Where a message came from, as the browser says. */
export interface Sender {
  id?: string | undefined
  url?: string | undefined
}

export interface PageParts {
  /** Opens the `softphone` port to the background. */
  connect: PortParts['connect']
  /** Answers one kind of message, with data of whatever shape. */
  answer: (
    name: SoftphoneMessage,
    handler: (data: unknown, sender: Sender) => Promise<unknown>,
  ) => void
  /** This extension's own id and origin (`chrome-extension://…/`). */
  extension: { id: string; origin: string }
  /** The page shows something of it itself. */
  onChange?: (message: SoftphonePortMessage) => void
}

/**
 * What the offscreen document (Chromium) and the phone page (Firefox) run: the softphone, obeying
 * messages of this extension's own contexts and telling the background what happens.
 */
export function runSoftphonePage({ connect, answer, extension, onChange }: PageParts): Softphone {
  const softphone = createSoftphone({
    createEngine: createSipJsEngine,
    microphone: browserMicrophone,
    ringback: createRingback(),
    now: Date.now,
    startTimer,
    publish: (message) => {
      port.send(message)
      onChange?.(message)
    },
  })
  const port = connectPort({
    connect,
    startTimer,
    greeting: () => ({ type: 'softphone.changed', snapshot: softphone.snapshot() }),
    isBusy: () => softphone.isInCall(),
  })
  answerMessages(softphone, answer, extension)
  addEventListener('pagehide', () => softphone.close())
  return softphone
}

/** Every message is checked for its sender and its shape before the softphone sees it. */
export function answerMessages(
  softphone: Softphone,
  answer: PageParts['answer'],
  extension: PageParts['extension'],
): void {
  const handlers: Handlers = {
    'softphone.configure': ({ account }) => softphone.configure(account),
    'softphone.dial': (request) => softphone.dial(request),
    'softphone.hangUp': () => softphone.hangUp(),
    'softphone.mute': ({ on }) => softphone.mute(on),
    'softphone.hold': ({ on }) => softphone.hold(on),
    'softphone.sendDigits': ({ digits }) => softphone.sendDigits(digits),
    'softphone.snapshot': () => ({ ok: true, value: softphone.snapshot() }),
    'softphone.microphone': ({ state }) => softphone.microphoneChanged(state),
  }

  function answerOne<K extends SoftphoneMessage>(name: K): void {
    answer(name, async (data, sender) => {
      // Content scripts share our id but speak from the portal's page.
      const isOurs = sender.id === extension.id && sender.url?.startsWith(extension.origin)
      if (!isOurs) return { ok: false, reason: 'not_allowed' }
      const parsed = Messages[name].safeParse(data)
      if (!parsed.success) return { ok: false, reason: 'invalid' }
      return handlers[name](parsed.data as Data<K>)
    })
  }
  for (const name of Object.keys(handlers) as SoftphoneMessage[]) answerOne(name)
}
