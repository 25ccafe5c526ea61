import type { SandboxPortal } from '../portal/server.ts'

/** What a lead has in the portal's own data: the far end of everything we write. */
export function leadAtPortal({ data }: SandboxPortal, leadId: number) {
  const isOfLead = ({ fields }: { fields: Record<string, unknown> }) =>
    Number(fields.OWNER_TYPE_ID) === 1 && Number(fields.OWNER_ID) === leadId
  const activities = data.activities.filter(isOfLead).map(({ fields }) => fields)
  const lead = data.entities.lead.find(({ ID }) => ID === leadId)
  return {
    fields: lead?.fields ?? {},
    calls: activities.filter((fields) => fields.ORIGINATOR_ID === 'prozvon'),
    todos: activities.filter((fields) => fields.PROVIDER_ID === 'CRM_TODO'),
    comments: data.comments
      .filter(({ ENTITY_TYPE, ENTITY_ID }) => ENTITY_TYPE === 'lead' && ENTITY_ID === leadId)
      .map(({ COMMENT }) => COMMENT),
  }
}
