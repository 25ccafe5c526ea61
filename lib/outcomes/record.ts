import type { AttemptDraft, AttemptRecord, Operator } from '../contracts/attempt.ts'
import type { Instant } from '../contracts/common.ts'
import type { Decision, Evidence } from '../contracts/outcome.ts'
import { markName } from '../script/marks.ts'

/** The machine-readable part of a result, as Bitrix24 will keep it (docs/adr/0005). */
export function recordOf({
  decision,
  draft,
  evidence,
  operator,
  savedAt,
}: {
  decision: Decision
  draft: AttemptDraft
  evidence: Evidence
  operator: Operator
  savedAt: Instant
}): AttemptRecord {
  const { outcome, cause, kind, attempt, comment, grade, stopList } = decision
  const { callbackAt, nextContactAt, meetingAt } = decision
  return {
    attemptId: draft.attemptId,
    at: savedAt,
    pass: draft.pass,
    outcome,
    cause,
    kind,
    attempt,
    comment,
    grade,
    stopList,
    callbackAt,
    nextContactAt,
    meetingAt,
    operator,
    campaign: draft.campaign,
    evidence,
    marksByHand: draft.input.marksByHand.map(markName),
  }
}
