import type { Transaction } from 'kysely'
import type { CampaignLibrary } from '../campaigns/campaign-library.ts'
import type { Database } from '../database/schema.ts'
import { findStop } from '../stop-list/find-stops.ts'
import { contactOf } from './contact.ts'
import type { MessageRow } from './message-store.ts'

/** Whether the stop list bars a message that is about to be submitted. */
export type StopCheck = (message: MessageRow, trx: Transaction<Database>) => Promise<boolean>

export function stopCheckOf(campaigns: CampaignLibrary): StopCheck {
  return async ({ channel, recipient: to, card, company, ...row }, trx) => {
    const campaign = { id: row.campaign_id, version: row.campaign_version }
    const customer = (await campaigns.find(campaign))?.customer.name ?? ''
    const contact = contactOf({ channel, to, card, company, campaign, customer })
    return (await findStop(trx, contact)) !== null
  }
}
