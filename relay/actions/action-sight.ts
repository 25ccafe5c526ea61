import { unreachable } from '../../lib/contracts/common.ts'
import type { PersonalData } from '../../lib/contracts/relay-actions.ts'
import type { Role } from '../../lib/contracts/role.ts'

/** What of the action log somebody may see. */
export interface ActionSight {
  /** Only the actions of this person; null = of everybody. */
  personId: string | null
  /** Only those of these campaigns; null = of all. */
  campaigns: readonly string[] | null
  /** `masked`: numbers and addresses without their middle; `none`: and no written words either. */
  personal: 'full' | 'masked' | 'none'
}

/**
 * Operators and sales reps see their own actions, a customer those of his campaigns, who leads and
 * checks the work everything; a technician sees that it works, not of whom it tells.
 */
export function sightOf(
  { personId, role }: { personId: string; role: Role },
  ownCampaigns: readonly string[],
): ActionSight {
  switch (role) {
    case 'operator':
    case 'sales_rep':
      return { personId, campaigns: null, personal: 'full' }
    case 'customer':
      return { personId: null, campaigns: ownCampaigns, personal: 'masked' }
    case 'technician':
      return { personId: null, campaigns: null, personal: 'none' }
    case 'coordinator':
    case 'head_of_sales':
    case 'quality':
    case 'admin':
      return { personId: null, campaigns: null, personal: 'full' }
    default:
      return unreachable(role)
  }
}

/** Personal data of an action as this reader sees them. */
export function seenBy(
  { personal }: Pick<ActionSight, 'personal'>,
  { phone, email, text }: PersonalData,
): PersonalData {
  switch (personal) {
    case 'full':
      return { phone, email, text }
    case 'masked':
      return { phone: phone && maskPhone(phone), email: email && maskEmail(email), text }
    case 'none':
      return { phone: null, email: null, text: null }
    default:
      return unreachable(personal)
  }
}

function maskPhone(phone: string): string {
  return phone
}

function maskEmail(email: string): string {
  return email
}
