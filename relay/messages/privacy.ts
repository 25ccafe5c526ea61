import type { PrivacyRule } from '../privacy/rule.ts'

export const messagePrivacy: readonly PrivacyRule[] = [
  {
    table: 'message',
    erase: { recipient: `''`, subject: 'null', text: `''`, company: 'null' },
    // What was still to be sent to this person never will be.
    alsoSet: { state: `case state when 'queued' then 'failed' else state end` },
    plain: [
      'token_id',
      'channel',
      'campaign_id',
      'template',
      'language',
      'card',
      'state',
      'detail',
    ],
    // A message in doubt for so long has been decided by nobody; it has its time, too.
    retention: {
      age: 'updated_at',
      only: `state <> 'queued' and (state <> 'submitting' or detail = 'in_doubt')`,
    },
  },
  {
    table: 'idempotency_record',
    // A repeat of the same request is still recognized, but its first answer is gone.
    erase: { answer: `'{}'` },
    plain: ['key'],
    retention: { age: 'created_at' },
  },
]
