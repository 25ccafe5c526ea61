import type { DraftInput, ScriptWalk } from '../../lib/contracts/attempt.ts'
import type { Campaign, Script, ScriptStep } from '../../lib/contracts/campaign.ts'
import type { CardPhone } from '../../lib/contracts/card.ts'
import type { Instant, Result } from '../../lib/contracts/common.ts'
import type {
  Decision,
  Grade,
  OutcomeId,
  StopList,
  Violation,
} from '../../lib/contracts/outcome.ts'
import type { PanelState } from '../../lib/contracts/panel.ts'
import type { CardStop } from '../../lib/contracts/panel-stop-list.ts'

/** One outcome button: `violations` say why it is grey. */
export interface Offer {
  outcome: OutcomeId
  title: string
  /** Can be chosen. What only has to be filled in (reason, date, name …) doesn't bar it. */
  allowed: boolean
  violations: Violation[]
}

/** Where the card stands in its processing, from its history. */
export interface Standing {
  pass: number
  /** Number of the attempt in hand or of the next one. */
  attempt: number
  /** The limit. */
  attempts: number
  grade: Grade | null
  stopList: StopList | null
  progress: 'open' | 'pending' | 'closed' | 'too_soon'
  /** Of `too_soon`: the day from which it may be called again. */
  callableFrom: Instant | null
}

/** When the client may be called today, `HH:mm` on the client's clock. */
export interface CallHours {
  from: string
  until: string
  now: 'before' | 'within' | 'after'
}

/**
 * What the panel asks of the rules. All functions are pure; `now` is in epoch milliseconds, and
 * `input` is what is typed at this moment, which may be newer than `state.draft.input`.
 * Injected, so that the views know no rules and can be shown with sample ones.
 */
export interface PanelDomain {
  standing(state: PanelState, now: number): Standing
  /** Null when the client's zone is unknown. */
  callHours(state: PanelState, now: number): CallHours | null
  /** What of the stop list bars one number of the card from being called now; mostly nothing. */
  stopsFor(state: PanelState, number: string, now: number): CardStop[]
  /** All outcomes of the campaign, in its order. */
  offers(state: PanelState, input: DraftInput, now: number): Offer[]
  /** What call and script suggest. */
  proposed(state: PanelState, input: DraftInput, now: number): OutcomeId | null
  /** What saving would store, or all that it lacks. `input.outcome` is not null. */
  preview(state: PanelState, input: DraftInput, now: number): Result<Decision, Violation[]>

  /** The script in the walk's language. */
  scriptOf(campaign: Campaign, walk: ScriptWalk): Script | null
  /** The step on screen: the first one before any answer, null after the last. */
  currentStep(script: Script, walk: ScriptWalk): ScriptStep | null
  answer(script: Script, walk: ScriptWalk, answerId: string, at: Instant): ScriptWalk
  /** One step back; the same walk when there is none. */
  back(script: Script, walk: ScriptWalk): ScriptWalk
  noteObjection(walk: ScriptWalk, objectionId: string, handled: boolean, at: Instant): ScriptWalk
  /** Puts contact, company, operator and customer into a text of the script. */
  fill(text: string, state: PanelState): string

  /** A number as people of its country write it. */
  formatPhone(phone: Pick<CardPhone, 'raw' | 'e164'>): string
}
