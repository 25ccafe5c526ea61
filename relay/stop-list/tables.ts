import type { Generated, GeneratedAlways } from 'kysely'
import type { Consent } from '../../lib/contracts/relay-stop-desk.ts'
import type { StopEntry, StopScope, StopSubject } from '../../lib/contracts/relay-stop-list.ts'

interface Whom {
  subject_kind: StopSubject['kind']
  subject_value: string
  scope_kind: StopScope['kind']
  /** null in the global scope. */
  scope_id: string | null
  channel: StopEntry['channel']
}

interface Entered {
  entered_at: Date
  /** A person's id, or `command`. */
  entered_by_id: string
  entered_by: string
}

/** Written once; only its words are ever blanked. */
export interface StopEntryTable extends Whom, Entered {
  id: string
  seq: GeneratedAlways<string>
  version: string
  term_kind: StopEntry['term']['kind']
  term_until: Date | null
  source: StopEntry['source']
  words: string
}

export interface StopDecisionTable {
  entry_id: string
  decision: 'kept' | 'reversed'
  version: string
  at: Date
  by_id: string
  by_name: string
  reason: string
}

export interface ConsentTable extends Whom, Entered {
  id: string
  seq: GeneratedAlways<string>
  basis: Consent['basis']
  words: string
  given_at: Date
}

export interface ConsentWithdrawalTable {
  consent_id: string
  at: Date
  by_id: string
  by_name: string
  words: string
}

/** One row: the version of the list, and the salt of its copies. */
export interface StopListStateTable {
  id: Generated<number>
  version: string
  salt: Buffer
}

export interface StopListTables {
  stop_entry: StopEntryTable
  stop_decision: StopDecisionTable
  consent: ConsentTable
  consent_withdrawal: ConsentWithdrawalTable
  stop_list_state: StopListStateTable
}
