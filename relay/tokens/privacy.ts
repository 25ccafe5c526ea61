import type { PrivacyRule } from '../privacy/rule.ts'

export const tokenPrivacy: readonly PrivacyRule[] = [
  {
    table: 'person',
    erase: {},
    staff: ['name', 'portal_member_id'],
    plain: ['role'],
    retention: null,
  },
  { table: 'token', erase: {}, plain: ['id'], retention: null },
]
