import type { AttemptDraft, AttemptRecord, Operator } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { CardDetails, CardSnapshot, OpenTodo } from '../contracts/card.ts'
import type { Instant } from '../contracts/common.ts'
import type { Decision, Evidence } from '../contracts/outcome.ts'
import type { CardStop } from '../contracts/panel-stop-list.ts'

/** What is known of the card: all of it, or only what its page showed while the portal was away. */
export type KnownCard = CardSnapshot &
  Partial<Pick<CardDetails, 'emails' | 'timeZone' | 'companyId'>>

/** A saved result, and everything its effects are made of. */
export interface EffectPlan {
  decision: Decision
  draft: AttemptDraft
  /** What the decision was judged by. */
  evidence: Evidence
  card: KnownCard
  campaign: Campaign
  operator: Operator
  savedAt: Instant
  /** Open to-dos of the card: one that says the same already is not doubled. */
  openTodos: readonly OpenTodo[]
  /** Results of the card so far; the callbacks they promised end with this one. */
  history: readonly AttemptRecord[]
  /** What the stop list has about the card: whom it bars gets no message. */
  stops: readonly CardStop[]
  /** Without one there is no stop list but the results themselves. */
  hasRelay: boolean
}
