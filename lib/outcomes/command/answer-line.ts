import { z } from 'zod'
import { decide, type Verdict } from '../decide.ts'
import { acceptedInstead } from '../offers.ts'
import { type ReadCase, readCase } from './case.ts'

/** One line of the command's answers, and whether its case was valid. */
export interface AnsweredLine {
  isValid: boolean
  text: string
}

/** Judges the case on one line of input; a line that holds none is answered with its error. */
export function answerLine(line: string): AnsweredLine {
  let id: string | number | null = null
  try {
    const input: unknown = JSON.parse(line)
    id = idOf(input)
    const read = readCase(input)
    const verdict = decide(read.campaign, read.situation)
    return { isValid: true, text: JSON.stringify({ id, ...answerOf(read, verdict) }) }
  } catch (error) {
    return { isValid: false, text: JSON.stringify({ id, error: describe(error) }) }
  }
}

function answerOf(read: ReadCase, verdict: Verdict): object {
  if (verdict.accepted) return { accepted: true, ...verdict.decision, violations: [] }
  return {
    accepted: false,
    violations: verdict.violations,
    instead: acceptedInstead(read.campaign, read.situation),
  }
}

function idOf(input: unknown): string | number | null {
  const id: unknown =
    typeof input === 'object' && input !== null && 'id' in input ? input.id : undefined
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  }
  return error instanceof Error ? error.message : String(error)
}
