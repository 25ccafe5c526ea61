import type { ColumnType, Generated } from 'kysely'
import type { CardRef } from '../../lib/contracts/card.ts'
import type { MessageDetail, MessageState } from '../../lib/contracts/effect.ts'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'
import type { Role } from '../../lib/contracts/role.ts'
import type { ActionTables } from '../actions/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { CampaignTables } from '../campaigns/tables.ts'
import type { OAuthTables } from '../oauth/tables.ts'
import type { PeopleTables } from '../people/tables.ts'
import type { PresenceTables } from '../presence/tables.ts'
import type { StopListTables } from '../stop-list/tables.ts'

type Json<T> = ColumnType<T, string, string>
type Channel = RelayMessage['channel']

export interface PersonTable {
  id: Generated<string>
  name: string
  role: Role
  /** The Bitrix24 account behind it, if there is one: its portal's stable key and the user there. */
  portal_member_id: string | null
  portal_user_id: number | null
  is_active: Generated<boolean>
  created_at: Generated<Date>
}

export interface TokenTable {
  id: string
  person_id: string
  /** SHA-256 of the secret part; the secret itself is stored nowhere. */
  secret_hash: Buffer
  created_at: Generated<Date>
  revoked_at: Date | null
  /** To the minute; null = never used. */
  last_used_at: Date | null
  /** null = until it is revoked. */
  expires_at: Date | null
}

/** A message on its way. Holds personal data: who it goes to, and its text. */
export interface MessageTable {
  id: string
  /** Whose it is. */
  person_id: string
  /** With which key it was handed in. */
  token_id: string
  channel: Channel
  campaign_id: string
  campaign_version: number
  template: string
  language: string
  recipient: string
  subject: string | null
  text: string
  card: Json<CardRef>
  /** The client's company as the stop list knows names; null when the request named none. */
  company: string | null
  attempt_id: string
  state: MessageState
  detail: MessageDetail | null
  /** Of the hand-over to the gateway in hand or made last. */
  submission_id: string | null
  submitted_at: Date | null
  tries: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** The first answer to an Idempotency-Key. */
export interface IdempotencyRecordTable {
  person_id: string
  key: string
  request_hash: Buffer
  answer: Json<unknown>
  created_at: Generated<Date>
}

/** Keys that every relay process on this database shares. */
export interface SigningKeyTable {
  name: 'delivery'
  /** Hex, sealed when there is a RELAY_KEYS (relay/secrets/kept-key.ts). */
  key: string
}

/** That personal data was erased (of one person) or had its time: a proof, not a copy. */
export interface PrivacyRecordTable {
  id: Generated<string>
  at: Generated<Date>
  action: 'erase' | 'retain'
  /** Who ran the command; `schedule` for the relay itself. */
  who: string
  counts: Json<Record<string, number>>
  retain_days: number | null
  identifier_salt: Buffer | null
  identifier_hash: Buffer | null
}

export interface Database
  extends PeopleTables,
    AuditTables,
    CampaignTables,
    ActionTables,
    OAuthTables,
    PresenceTables,
    StopListTables {
  person: PersonTable
  token: TokenTable
  message: MessageTable
  idempotency_record: IdempotencyRecordTable
  signing_key: SigningKeyTable
  privacy_record: PrivacyRecordTable
}
