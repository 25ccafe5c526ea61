import type { Kysely } from 'kysely'
import { unreachable } from '../../lib/contracts/common.ts'
import type { PersonalData } from '../../lib/contracts/relay-actions.ts'
import type { Database } from '../database/schema.ts'
import type { Caller } from '../tokens/token-store.ts'
import { maskEmail, maskPhone } from './mask.ts'

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
 * Operators and sales reps see their own actions, a customer's people those of their campaigns,
 * who leads and checks the work everything; a technician sees that it works, not of whom it tells.
 */
export async function sightOf(
  db: Kysely<Database>,
  { personId, role }: Pick<Caller, 'personId' | 'role'>,
): Promise<ActionSight> {
  switch (role) {
    case 'operator':
    case 'sales_rep':
      return { personId, campaigns: null, personal: 'full' }
    case 'customer':
      return { personId: null, campaigns: await campaignsOf(db, personId), personal: 'masked' }
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

async function campaignsOf(db: Kysely<Database>, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_campaign')
    .select('campaign_id')
    .where('person_id', '=', personId)
    .execute()
  return rows.map(({ campaign_id }) => campaign_id)
}

/** Lets a customer's person look into a campaign; doing so again changes nothing. */
export async function openCampaignTo(
  db: Kysely<Database>,
  personId: string,
  campaignId: string,
): Promise<void> {
  await db
    .insertInto('person_campaign')
    .values({ person_id: personId, campaign_id: campaignId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
