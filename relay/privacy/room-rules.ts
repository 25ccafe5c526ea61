import type { PrivacyRule } from './rule.ts'

const none = { erase: {}, retention: null }

/** Tables that hold no client: people of the call centre, security, campaigns. */
export const roomRules: readonly PrivacyRule[] = [
  { ...none, table: 'pairing_code', plain: ['role'] },
  { ...none, table: 'softphone_account', plain: ['sealed'] },
  { ...none, table: 'role_access', plain: ['role'] },
  {
    ...none,
    table: 'portal_application',
    plain: ['member_id', 'configured_origin', 'origin', 'offered_origin', 'application_token'],
  },
  { ...none, table: 'portal_account', plain: ['member_id', 'auth_origin', 'sealed', 'ended'] },
  { ...none, table: 'token_refresh', plain: [] },
  // Of the last day only: relay/oauth/upkeep.ts forgets the rest.
  { ...none, table: 'sign_in', staff: ['address'], plain: ['challenge', 'language', 'failure'] },
  { ...none, table: 'quota_use', plain: ['quota'] },
  // Append-only by design: what employees and administrators did, without clients.
  { ...none, table: 'audit_event', staff: ['content'], plain: ['kind'] },
  { ...none, table: 'audit_chain', plain: [] },
  { ...none, table: 'campaign', plain: ['id'] },
  {
    ...none,
    table: 'campaign_version',
    staff: ['publisher_id', 'publisher'],
    plain: ['campaign_id', 'document', 'envelope', 'origin', 'note'],
  },
  { ...none, table: 'campaign_draft', staff: ['editor'], plain: ['campaign_id', 'document'] },
  { ...none, table: 'campaign_draft_past', plain: ['campaign_id', 'document'] },
  { ...none, table: 'campaign_import', plain: ['campaign_id', 'document'] },
  { ...none, table: 'campaign_key', plain: ['kid', 'public_jwk', 'private_jwk'] },
]
