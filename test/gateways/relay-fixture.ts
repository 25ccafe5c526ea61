import { shippedCampaign } from '../../lib/campaign/shipped/index.ts'
import { Campaign } from '../../lib/contracts/campaign.ts'
import type { RelayMessageRequest } from '../../lib/contracts/relay-api.ts'

/** A campaign that can be published, with one SMS and one mail that no result sends by itself. */
export const campaignFixture: Campaign = Campaign.parse({
  ...shippedCampaign('b2b-cold-ru'),
  id: 'relay-fixture',
  version: 2,
  title: 'Fixture',
  customer: { name: 'Заказчик', city: 'Москва', phone: '+79990000001' },
  messages: [],
  templates: [
    {
      id: 'appointment',
      channel: 'sms',
      language: 'ru',
      text: '{contact}, позвоним {date} в {time}. {customer}',
    },
    {
      id: 'appointment',
      channel: 'mail',
      language: 'ru',
      subject: 'Звонок {date}: {company}',
      text: 'Здравствуйте, {contact}.\n\nПозвоним {date} в {time}.\n{customer}',
    },
  ],
})

/** A message request by the contract; `change` replaces what a test is about. */
export function requestFixture(change: Partial<RelayMessageRequest> = {}): RelayMessageRequest {
  return {
    channel: 'sms',
    campaign: { id: 'relay-fixture', version: 2 },
    template: 'appointment',
    language: 'ru',
    to: '+380501234567',
    variables: {
      contact: 'Олена',
      company: 'ТОВ «Приклад»',
      customer: 'Заказчик',
      date: '05.03.2026',
      time: '11:17',
    },
    card: { portal: 'https://portal.example', kind: 'lead', id: 12 },
    attemptId: '3f0e8f4c-5d57-4c36-9b76-1b5f5a2d7a10',
    ...change,
  }
}
