import { z } from 'zod'

/** What the audit log tells of: administration and security, not the calls. */
export const AuditKind = z.enum([
  'person.added',
  'person.changed',
  'pairing_code.made',
  'pairing.done',
  'pairing.failures',
  'sign_in.failures',
  'sign_in.done',
  'token.made',
  'token.revoked',
  'softphone.changed',
  'access.changed',
  'keys.rotated',
  'portal.connected',
  'portal.disconnected',
  'portal.installed',
  'portal.moved',
  'campaign.published',
  'campaign.retired',
  'campaign.restored',
  'campaign.draft_opened',
  'campaign.draft_discarded',
  'campaign.offer_settled',
  'campaign.key_rotated',
  'stop_list.changed',
  'personal_data.erased',
  'personal_data.retained',
  'message.doubt_settled',
  'backup.made',
  'backup.restored',
  'data.exported',
  'settings.changed',
])
export type AuditKind = z.infer<typeof AuditKind>

/** GET /v1/audit/verification: the end of an unbroken chain, or the first row that doesn't fit. */
export const AuditVerdict = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), seq: z.string(), hash: z.string() }),
  z.strictObject({ ok: z.literal(false), seq: z.string(), reason: z.string() }),
])
export type AuditVerdict = z.infer<typeof AuditVerdict>
