/** What a command prints, and whether it did what it was asked. */
export interface CommandResult {
  ok: boolean
  lines: string[]
}

export function done(...lines: string[]): CommandResult {
  return { ok: true, lines }
}

export function refused(...lines: string[]): CommandResult {
  return { ok: false, lines }
}

export function usage(form: string): CommandResult {
  return refused(`usage: node relay/main.ts ${form}`)
}
