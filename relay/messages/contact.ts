import type { CardRef } from '../../lib/contracts/card.ts'
import type { RelayMessage } from '../../lib/contracts/relay-api.ts'
import type { StopSubject } from '../../lib/contracts/relay-stop-list.ts'
import type { Contact } from '../stop-list/find-stops.ts'

export interface MessageContact {
  channel: RelayMessage['channel']
  to: string
  card: CardRef
  /** The company as the stop list names it: `name:…`. */
  company: string | null
  campaign: { id: string }
  /** The customer's name as the campaign has it: also the id of his scope on the stop list. */
  customer: string
}

/** Whom a message would reach, as the stop list is asked about it. */
export function contactOf(message: MessageContact): Contact {
  const { channel, to, card, company, campaign, customer } = message
  const recipient: StopSubject =
    channel === 'sms' ? { kind: 'phone', value: to } : { kind: 'mail', value: to }
  const companies = [
    ...(company === null ? [] : [company]),
    ...(card.kind === 'company' ? [`bitrix24:${card.id}`] : []),
  ]
  return {
    subjects: [recipient, ...companies.map((value): StopSubject => ({ kind: 'company', value }))],
    channel,
    customerId: customer,
    campaignId: campaign.id,
  }
}
