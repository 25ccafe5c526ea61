import type { z } from 'zod'
import type { AnswerOf, MessageName, Messages } from '../contracts/messages.ts'
import { messaging } from './messaging.ts'

/** Longest wait for an answer, in milliseconds; a message without receiver may hang for ever. */
const ANSWER_TIMEOUT_MS = 20_000

/**
 * Asks another context and always gets an answer: whatever goes wrong on the way (nobody
 * listens, the extension was reloaded, no answer in time) comes back as `gone`.
 */
export async function send<K extends MessageName>(
  name: K,
  data: z.input<(typeof Messages)[K]>,
): Promise<AnswerOf<K>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ANSWER_TIMEOUT_MS)
  })
  try {
    const sending = messaging.sendMessage as (name: K, data: unknown) => Promise<AnswerOf<K>>
    return await Promise.race([sending(name, data), timeout])
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, reason: 'gone', detail } as AnswerOf<K>
  } finally {
    clearTimeout(timer)
  }
}
