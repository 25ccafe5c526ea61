import type { Instant } from '../contracts/common.ts'
import type { HistoryEntry, Proposal, StopList } from '../contracts/outcome.ts'

/** What the rules know of the lead. */
export interface Lead {
  city: string | null
  /** IANA zone of the client; null = unknown. */
  timeZone: string | null
  stopList: StopList | null
}

/** Everything beside the campaign that a decision depends on; clock and chance come in here too. */
export interface Situation {
  lead: Lead
  /** Saved results of this lead, oldest first. */
  history: readonly HistoryEntry[]
  /** When the operator already has a callback. */
  taken: readonly Instant[]
  proposal: Proposal
  pass: number
  now: Instant
  /** The seed of everything drawn: the same one draws the same. */
  random: number
}
