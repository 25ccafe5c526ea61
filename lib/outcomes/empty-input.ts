import type { DraftInput } from '../contracts/attempt.ts'
import type { ClientLanguage } from '../contracts/common.ts'
import { newWalk } from '../script/walk.ts'

/** An attempt's input before anything is typed or chosen. */
export function emptyInput(language: ClientLanguage): DraftInput {
  return {
    outcome: null,
    cause: null,
    variant: null,
    reason: '',
    note: '',
    rude: false,
    optOut: false,
    callbackAt: null,
    nextContactAt: null,
    meetingAt: null,
    namedByClient: false,
    decisionMaker: '',
    email: '',
    marksByHand: [],
    walk: newWalk(language),
  }
}
