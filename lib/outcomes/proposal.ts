import { scriptOf } from '../campaign/find.ts'
import type { AttemptDraft, AttemptRecord, DraftInput } from '../contracts/attempt.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { CardDetails, CardPhone } from '../contracts/card.ts'
import type { Instant } from '../contracts/common.ts'
import type { Evidence, Proposal, StopList } from '../contracts/outcome.ts'
import type { CardStop } from '../contracts/panel-stop-list.ts'
import { marksOf } from '../script/marks.ts'
import { stopListOfCalls } from '../stop-list/card-stops.ts'
import { latestPass } from './attempts.ts'
import { evidenceOf } from './evidence.ts'
import type { Situation } from './situation.ts'

/** What the operator typed and chose, with what phone and script prove, as a proposal. */
export function proposalOf(input: DraftInput, evidence: Evidence): Proposal {
  return {
    outcome: input.outcome ?? '',
    cause: input.cause,
    variant: input.variant,
    reason: input.reason,
    note: input.note,
    rude: input.rude,
    optOut: input.optOut,
    callbackAt: input.callbackAt,
    nextContactAt: input.nextContactAt,
    meetingAt: input.meetingAt,
    namedByClient: input.namedByClient,
    approval: 'none',
    evidence,
  }
}

/** What a draft is judged by, beside itself. */
export interface DraftSurroundings {
  /** The card, as far as it could be read. */
  card: { phones: readonly CardPhone[] } & Partial<Pick<CardDetails, 'city' | 'timeZone'>>
  /** Saved results of all operators, oldest first. */
  history: readonly AttemptRecord[]
  /** What the stop list has about the card; none without a relay. */
  stops?: readonly CardStop[]
  /** When the operator already has a callback. */
  taken: readonly Instant[]
  now: Instant
}

/**
 * The situation of an attempt in hand: the one way from draft to `decide` and `offersOf`, so that
 * the panel's preview and the saved result are judged alike.
 */
export function situationOf(
  campaign: Campaign,
  draft: AttemptDraft,
  { card, history, stops = [], taken, now }: DraftSurroundings,
): Situation {
  const { input, calls } = draft
  const script = scriptOf(campaign, input.walk.language)
  const evidence = evidenceOf({
    calls,
    marks: script === null ? input.marksByHand : marksOf(script, input.walk, input.marksByHand),
    input,
    numbers: card.phones.flatMap(({ e164 }) => (e164 === null ? [] : [e164])),
    now,
  })
  return {
    lead: {
      city: card.city ?? null,
      timeZone: card.timeZone ?? null,
      stopList: stopListIn(history) ?? stopListOfCalls(stops, draft, now),
    },
    history,
    taken,
    proposal: proposalOf(input, evidence),
    pass: draft.pass,
    now,
    random: draft.seed,
  }
}

/** The pass that an attempt begun now belongs to: a final result has ended the one before. */
export function nextPass(history: readonly AttemptRecord[]): number {
  const latest = latestPass(history)
  const isOver = history.some(({ pass, kind }) => pass === latest && kind === 'final')
  return isOver ? latest + 1 : latest
}

/** Whether the lead is on the stop list by its results; permanent wins. */
export function stopListIn(history: readonly AttemptRecord[]): StopList | null {
  const stops = history.map(({ stopList }) => stopList)
  if (stops.includes('permanent')) return 'permanent'
  return stops.includes('until_reviewed') ? 'until_reviewed' : null
}
