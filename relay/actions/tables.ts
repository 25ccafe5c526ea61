import type { ColumnType, Generated } from 'kysely'
import type { Action, ActionEvent } from '../../lib/contracts/relay-actions.ts'

/** The database lets rows of it come in, and nothing else (migration 0006). */
export interface ActionTable {
  id: string
  seq: Generated<string>
  xact: Generated<string>
  at: Date
  received_at: Generated<Date>
  clock_behind_ms: number
  /** Null = an action of the relay itself. */
  person_id: string | null
  by: Action['by']
  kind: ActionEvent['kind']
  campaign_id: string | null
  campaign_version: number | null
  card_key: string | null
  attempt_id: string | null
  event: ColumnType<ActionEvent, string, never>
}

/** What of an action tells of a person: can be blanked, and nothing else. */
export interface ActionPersonalTable {
  action_id: string
  phone: string | null
  email: string | null
  text: string | null
  blanked_at: Date | null
}

/** Which campaigns a customer's people may look into. */
export interface PersonCampaignTable {
  person_id: string
  campaign_id: string
}

export interface ActionTables {
  person_campaign: PersonCampaignTable
  action: ActionTable
  action_personal: ActionPersonalTable
}
