import type { AttemptRecord } from '../contracts/attempt.ts'
import { Evidence } from '../contracts/outcome.ts'
import { NOW, OPERATOR } from './draft.fixture.ts'

/** Test data: a saved result, an unanswered first call unless something else is given. */
export function recordFixture(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    attemptId: '7c1e5b7a-3d14-4f0e-9b53-0a4a5c1f2d33',
    at: NOW,
    pass: 1,
    outcome: 'call_back',
    cause: 'no_answer',
    kind: 'intermediate',
    attempt: 1,
    comment: 'Нет ответа 1',
    grade: null,
    stopList: null,
    callbackAt: null,
    nextContactAt: null,
    meetingAt: null,
    operator: OPERATOR,
    campaign: { id: 'b2b-cold-ru', version: 1 },
    evidence: Evidence.parse({}),
    marksByHand: [],
    ...changes,
  }
}
