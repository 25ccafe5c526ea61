import { browser } from 'wxt/browser'
import type { z } from 'zod'
import { type AnswerOf, type MessageName, Messages } from '../contracts/messages.ts'
import { messaging } from './messaging.ts'

/** Who asked, as far as the browser vouches for it. */
export interface Asker {
  tabId: number | null
  frameId: number | null
  /** Origin of the asking document; ours for extension pages. */
  origin: string
}

/**
 * Answers one message: checks that it comes from this extension, that its data have the
 * contract's shape, and turns a bug in the handler into `internal` instead of silence.
 */
export function answer<K extends MessageName>(
  name: K,
  handle: (
    data: z.output<(typeof Messages)[K]>,
    asker: Asker,
  ) => Promise<AnswerOf<K>> | AnswerOf<K>,
): void {
  const listen = messaging.onMessage as (
    name: K,
    listener: (message: { data: unknown; sender: Sender }) => Promise<AnswerOf<K>>,
  ) => void
  listen(name, async ({ data, sender }) => {
    if (sender.id !== browser.runtime.id) return refusal<K>('not_allowed')
    const parsed = Messages[name].safeParse(data)
    if (!parsed.success) return refusal<K>('invalid', parsed.error.issues[0]?.message)
    try {
      return await handle(parsed.data as z.output<(typeof Messages)[K]>, askerOf(sender))
    } catch (error) {
      console.error(`${name} failed`, error)
      return refusal<K>('internal')
    }
  })
}

type Sender = {
  id?: string | undefined
  url?: string | undefined
  tab?: { id?: number | undefined } | undefined
  frameId?: number | undefined
}

/** The asker behind a message or a port. */
export function askerOf(sender: Sender | undefined): Asker {
  return {
    tabId: sender?.tab?.id ?? null,
    frameId: sender?.frameId ?? null,
    origin: originOf(sender?.url),
  }
}

/** Whether the asker is one of the extension's own pages, not a content script. */
export function isOwnPage(asker: Asker): boolean {
  return asker.origin === originOf(browser.runtime.getURL('/'))
}

function originOf(url: string | undefined): string {
  try {
    // `URL.origin` is "null" for extension schemes in Firefox.
    const { protocol, host } = new URL(url ?? '')
    return `${protocol}//${host}`
  } catch {
    return ''
  }
}

function refusal<K extends MessageName>(
  reason: 'not_allowed' | 'invalid' | 'internal',
  detail?: string,
): AnswerOf<K> {
  return { ok: false, reason, ...(detail !== undefined && { detail }) } as AnswerOf<K>
}
