import { useMemo, useState } from 'react'
import type { RefusalReason } from '../../lib/contracts/panel.ts'
import type { PanelActions } from './actions.ts'

export type Refusal = RefusalReason | 'violations'

/** The actions, and why the last one was refused, until the next one is tried. */
export function useActions(raw: PanelActions): { actions: PanelActions; refusal: Refusal | null } {
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const actions = useMemo(() => {
    async function watch<T extends { ok: true } | { ok: false; reason: Refusal }>(
      reply: Promise<T>,
    ): Promise<T> {
      const answer = await reply
      setRefusal(answer.ok ? null : answer.reason)
      return answer
    }
    const watched: PanelActions = {
      call: (card, number) => watch(raw.call(card, number)),
      hangUp: () => watch(raw.hangUp()),
      mute: (on) => watch(raw.mute(on)),
      hold: (on) => watch(raw.hold(on)),
      sendDigits: (digits) => watch(raw.sendDigits(digits)),
      changeDraft: (card, input, revision) => watch(raw.changeDraft(card, input, revision)),
      save: (card, attemptId) => watch(raw.save(card, attemptId)),
      closeDraft: (card, attemptId) => watch(raw.closeDraft(card, attemptId)),
      retry: (effectId) => watch(raw.retry(effectId)),
      reload: (card) => watch(raw.reload(card)),
      chooseCampaign: (card, campaign) => watch(raw.chooseCampaign(card, campaign)),
      changeLayout: (layout) => watch(raw.changeLayout(layout)),
      requestMicrophone: () => watch(raw.requestMicrophone()),
      openOptions: () => watch(raw.openOptions()),
      checkAccount: () => watch(raw.checkAccount()),
    }
    return watched
  }, [raw])
  return { actions, refusal }
}
