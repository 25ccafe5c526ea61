import type { Generated } from 'kysely'
import type { Role } from '../../lib/contracts/role.ts'

export interface PairingCodeTable {
  code_hash: Buffer
  person_id: string
  /** The person's when the code was made: a later promotion is not what the code was for. */
  role: Role
  created_at: Generated<Date>
  expires_at: Date
  used_at: Date | null
}

export interface SoftphoneAccountTable {
  person_id: string
  /** A SIP account as JSON, sealed (relay/secrets). */
  sealed: string
  updated_at: Generated<Date>
}

export interface RoleAccessTable {
  role: Role
  masks_phones: boolean
  may_export: boolean
}

/** How much of a daily quota a person has used. */
export interface QuotaUseTable {
  person_id: string
  quota: string
  day: string
  used: number
}

export interface PeopleTables {
  pairing_code: PairingCodeTable
  softphone_account: SoftphoneAccountTable
  role_access: RoleAccessTable
  quota_use: QuotaUseTable
}
