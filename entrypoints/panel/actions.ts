import type { PanelActions } from '../../components/panel/actions.ts'
import type { RefusalReason } from '../../lib/contracts/messages.ts'
import { messaging } from '../../lib/extension/messaging.ts'

/** The panel's wishes as messages to the background. One that is away refuses, as `internal`. */
export function messageActions(): PanelActions {
  const { sendMessage } = messaging
  return {
    call: (card, number) => orRefuse(() => sendMessage('call.start', { card, number })),
    hangUp: () => orRefuse(() => sendMessage('call.hangUp', {})),
    mute: (on) => orRefuse(() => sendMessage('call.mute', { on })),
    hold: (on) => orRefuse(() => sendMessage('call.hold', { on })),
    sendDigits: (digits) => orRefuse(() => sendMessage('call.sendDigits', { digits })),
    changeDraft: (card, input, revision) =>
      orRefuse(() => sendMessage('draft.change', { card, input, revision })),
    save: (card, attemptId) => orRefuse(() => sendMessage('result.save', { card, attemptId })),
    retry: (effectId) => orRefuse(() => sendMessage('effect.retry', { effectId })),
    reload: (card) => orRefuse(() => sendMessage('card.reload', { card })),
    changeLayout: (layout) => orRefuse(() => sendMessage('layout.change', { layout })),
    requestMicrophone: () => orRefuse(() => sendMessage('microphone.request', {})),
    openOptions: () => orRefuse(() => sendMessage('options.open', {})),
  }
}

/** A background that dies while answering must not break the panel. */
async function orRefuse<T>(
  send: () => Promise<T>,
): Promise<T | { ok: false; reason: RefusalReason }> {
  try {
    return await send()
  } catch {
    return { ok: false, reason: 'internal' }
  }
}
