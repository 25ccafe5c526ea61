import type { DraftInput } from '../contracts/attempt.ts'
import type { Instant } from '../contracts/common.ts'

/**
 * What a time that the client names in the talk means for the result: whichever date the outcome
 * will use, it is this one, and the client himself named it. A chain outcome that is kept as
 * ПЕРЕЗВОНИТЬ КЦ uses `callbackAt` (001-22, 001-23: a named time is honoured), a final one
 * `nextContactAt`; their limits are the rules' matter. Null takes it all back.
 */
export function namedTime(
  at: Instant | null,
): Pick<DraftInput, 'callbackAt' | 'nextContactAt' | 'namedByClient'> {
  return { callbackAt: at, nextContactAt: at, namedByClient: at !== null }
}
