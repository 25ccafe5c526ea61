import type { Campaign } from '../contracts/campaign.ts'
import { CHAIN_OUTCOME_IDS, type ChainOutcomeId, type HistoryEntry } from '../contracts/outcome.ts'

/** An attempt in its chain: which one it is, and whether the limit makes it the last. */
export interface CountedAttempt {
  number: number
  isLast: boolean
}

export function isChain(outcome: string | null): outcome is ChainOutcomeId {
  return (CHAIN_OUTCOME_IDS as readonly (string | null)[]).includes(outcome)
}

/** The chain outcome behind a result: itself, or the cause of `call_back`. */
export function chainOf(outcome: string, cause: string | null): ChainOutcomeId | null {
  if (isChain(outcome)) return outcome
  return outcome === 'call_back' && isChain(cause) ? cause : null
}

/** Whether an entry counts as an attempt: the six chains and `call_back`, whatever its cause. */
export function isAttempt(entry: HistoryEntry): boolean {
  return entry.outcome === 'call_back' || isChain(entry.outcome)
}

/** The pass of the latest results; 1 before the first. */
export function latestPass(history: readonly HistoryEntry[]): number {
  return Math.max(1, ...history.map(({ pass }) => pass))
}

/** The result that closed a pass: final, or waiting for the customer; null while it is open. */
export function closingResult<T extends HistoryEntry>(
  history: readonly T[],
  pass: number,
): T | null {
  const closes = ({ kind }: T) => kind === 'final' || kind === 'pending'
  return history.findLast((entry) => entry.pass === pass && closes(entry)) ?? null
}

/**
 * Which attempt of its pass a result with this cause is (001-27). Per lead all causes count
 * together; per cause each counts by itself, and a total ends the pass whatever the causes were.
 */
export function attemptOf(
  campaign: Campaign,
  { history, pass }: { history: readonly HistoryEntry[]; pass: number },
  cause: ChainOutcomeId,
): CountedAttempt {
  const { scope, max, total } = campaign.attempts
  let ofLead = 1
  let ofCause = 1
  for (const entry of history) {
    if (entry.pass !== pass || !isAttempt(entry)) continue
    ofLead += 1
    if (chainOf(entry.outcome, entry.cause) === cause) ofCause += 1
  }
  return scope === 'lead'
    ? { number: ofLead, isLast: ofLead >= max }
    : { number: ofCause, isLast: ofCause >= max || ofLead >= total }
}
