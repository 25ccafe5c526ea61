import type { PresenceState } from '../../lib/contracts/relay-presence.ts'

/** What one device told last; unlogged (migration 0006). */
export interface PresenceTable {
  person_id: string
  device_id: string
  state: PresenceState
  since: Date
  call_id: string | null
  expires_at: Date
}

export interface PresenceTables {
  presence: PresenceTable
}
