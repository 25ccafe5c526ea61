/** What a method answers with; the envelope (`time`) is added around it. */
export type MethodReply = Done | Refusal

export interface Done {
  ok: true
  result: unknown
  total?: number
  next?: number
}

/** An error in the form of REST 2: `{error, error_description}` with an HTTP status. */
export interface Refusal {
  ok: false
  status: number
  error: string
  description: string
}

export function done(result: unknown): Done {
  return { ok: true, result }
}

/** A refusal with a code; 400 unless told. */
export function refused(error: string, description: string, status = 400): Refusal {
  return { ok: false, status, error, description }
}

/** The old CRM methods refuse with an empty code: only the text tells. */
export function refusedByText(description: string): Refusal {
  return refused('', description)
}

/** The refusal of parameters that a method can't do without. */
export function missing(parameter: string): Refusal {
  return refused('100', `Could not find value for parameter {${parameter}}`)
}
