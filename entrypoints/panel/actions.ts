import type { PanelActions } from '../../components/panel/actions.ts'
import { send } from '../../lib/extension/send.ts'

/** The panel's wishes as messages to the background; one that is away refuses, as `gone`. */
export function messageActions(): PanelActions {
  return {
    call: (card, number) => send('call.start', { card, number }),
    hangUp: () => send('call.hangUp', {}),
    mute: (on) => send('call.mute', { on }),
    hold: (on) => send('call.hold', { on }),
    sendDigits: (digits) => send('call.sendDigits', { digits }),
    changeDraft: (card, input, revision) => send('draft.change', { card, input, revision }),
    save: (card, attemptId) => send('result.save', { card, attemptId }),
    closeDraft: (card, attemptId) => send('draft.close', { card, attemptId }),
    retry: (effectId) => send('effect.retry', { effectId }),
    reload: (card) => send('card.reload', { card }),
    chooseCampaign: (card, campaign) => send('campaign.choose', { card, campaign }),
    changeLayout: (layout) => send('layout.change', { layout }),
    requestMicrophone: () => send('microphone.request', {}),
    openOptions: () => send('options.open', {}),
    checkAccount: () => send('account.check', {}),
  }
}
