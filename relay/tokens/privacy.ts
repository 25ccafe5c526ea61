import type { PrivacyRule } from '../privacy/rule.ts'

export const tokenPrivacy: readonly PrivacyRule[] = [
  { table: 'token', erase: {}, staff: ['name'], plain: ['id', 'role'], retention: null },
]
