import type { PrivacyRule } from '../privacy/rule.ts'

/** The log itself names nobody of the clients: what is personal stands beside it, and can go. */
export const actionPrivacy: readonly PrivacyRule[] = [
  {
    table: 'action',
    erase: {},
    plain: ['by', 'kind', 'campaign_id', 'card_key', 'event'],
    retention: null,
  },
  {
    table: 'action_personal',
    erase: { phone: 'null', email: 'null', text: 'null' },
    alsoSet: { blanked_at: 'now()' },
    plain: [],
    retention: {
      age: '(select action.at from action where action.id = action_personal.action_id)',
    },
  },
  { table: 'person_campaign', erase: {}, plain: ['campaign_id'], retention: null },
  { table: 'presence', erase: {}, plain: ['state'], retention: null },
]
