import { unreachable } from '../../lib/contracts/common.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import type { StopListState } from '../../lib/contracts/panel-stop-list.ts'
import type { TextKey } from '../../lib/locales/index.ts'
import type { ResultBar } from '../../lib/outcomes/call-bar.ts'
import type { Standing } from './domain.ts'

/** What the operator is doing; decides the tab shown and the one primary action. */
export type Phase = 'no_card' | 'ready' | 'calling' | 'talking' | 'result' | 'after'

/** `dismissed` is the attempt whose ledger the operator has seen and left. */
export function phaseOf(state: PanelState, dismissed: string | null): Phase {
  if (!state.card) return 'no_card'
  const call = state.softphone.call
  if (call && call.state !== 'ended') return call.state === 'talking' ? 'talking' : 'calling'
  if (state.draft && (state.draft.calls.length > 0 || state.draft.input.outcome)) return 'result'
  if (state.ledger && state.ledger.attempt.attemptId !== dismissed) return 'after'
  return 'ready'
}

export type PrimaryKind = 'call' | 'hangUp' | 'save' | 'close' | 'done'

/** The one thing to do in a phase; null where there is none. `bar` stands against every result. */
export function primaryOf(phase: Phase, bar: ResultBar | null): PrimaryKind | null {
  switch (phase) {
    case 'no_card':
      return null
    case 'ready':
      return 'call'
    case 'calling':
    case 'talking':
      return 'hangUp'
    case 'result':
      return bar ? 'close' : 'save'
    case 'after':
      return 'done'
    default:
      return unreachable(phase)
  }
}

const CAMPAIGN_OBSTACLES = {
  reading: 'campaign.reading',
  choose: 'campaign.choose',
  none: 'campaign.none',
  none_published: 'empty.noCampaignTitle',
} as const

/** Why a call can't be made now, as the text that says what to do; null when it can. */
export function callObstacle(state: PanelState, standing: Standing | null): TextKey | null {
  const { leadCampaign } = state
  if (leadCampaign.state !== 'settled') return CAMPAIGN_OBSTACLES[leadCampaign.state]
  if (standing?.stopList) return 'violation.stop_listed'
  if (standing?.progress === 'pending') return 'advice.pending'
  if (standing?.progress === 'closed') return 'advice.closed'
  if (standing?.progress === 'too_soon') return 'advice.tooSoon'
  const phones = state.card?.details?.phones ?? state.card?.snapshot.phones ?? []
  if (phones.length === 0) return 'empty.noPhones'
  if (phones.every((phone) => phone.e164 === null)) return 'refusal.number_unusable'
  const { registration, microphone } = state.softphone
  if (registration !== 'registered') return `registration.${registration}`
  if (microphone === 'denied' || microphone === 'missing') return `microphone.${microphone}`
  return null
}

/** A copy of the stop list that is older than this is warned of; nothing is blocked by its age. */
const OLD_STOP_LIST_MS = 24 * 3_600_000

/** What is to be said of the copy of the stop list; null when it is good, or there is no relay. */
export function stopListStrip(stopList: StopListState | null, now: number): TextKey | null {
  if (!stopList) return null
  if (stopList.trouble) return `stopListTrouble.${stopList.trouble}`
  if (stopList.checkedAt === null) return 'strip.stopListMissing'
  const isOld = now - Date.parse(stopList.checkedAt) > OLD_STOP_LIST_MS
  return isOld ? 'strip.stopListOld' : null
}

/** The tab that a phase opens by itself. */
export function tabOf(phase: Phase): Tab {
  switch (phase) {
    case 'no_card':
    case 'ready':
      return 'client'
    case 'calling':
    case 'talking':
      return 'script'
    case 'result':
    case 'after':
      return 'result'
    default:
      return unreachable(phase)
  }
}
export type Tab = 'client' | 'script' | 'result'
