import type { AuditEvent } from '../audit/audit-log.ts'

/** Who changes the list: a person, or somebody at the command line under the name he gave. */
export interface Keeper {
  /** `command` for the command line. */
  personId: string
  name: string
}

/** The same as the audit log names it. */
export function keeperOf({ personId, name }: Keeper): AuditEvent['actor'] {
  return personId === 'command' ? 'command' : { personId, name }
}
