import { z } from 'zod'
import type { Operator } from '../contracts/attempt.ts'
import type { CrmMapping } from '../contracts/campaign.ts'
import type { CardKind } from '../contracts/card.ts'
import type { Result } from '../contracts/common.ts'
import type { Command } from './batch.ts'
import type { BitrixClient } from './client.ts'
import { detailOf } from './delivery-reason.ts'
import { type BitrixError, errorOf } from './errors.ts'

/** What the webhook must be allowed to: cards and their timeline, notifications. */
export const REQUIRED_SCOPES = ['crm', 'im'] as const

export interface PortalCheck {
  operator: Operator
  isAdmin: boolean
  /** Of `REQUIRED_SCOPES`; empty when all is well. */
  missingScopes: string[]
  /** In the simple mode there are no leads, only deals; null = the portal doesn't tell. */
  crmMode: 'classic' | 'simple' | null
}

const Profile = z.looseObject({
  ID: z.coerce.number().int().positive(),
  ADMIN: z.union([z.boolean(), z.string()]).optional(),
  NAME: z.string().nullish(),
  LAST_NAME: z.string().nullish(),
})
const Scopes = z.array(z.string())
const CRM_MODES = new Map<unknown, PortalCheck['crmMode']>([
  [1, 'classic'],
  ['1', 'classic'],
  [2, 'simple'],
  ['2', 'simple'],
])

/** Asks a portal whether it knows us, who we are and what we may do there, in one request. */
export async function checkPortal(client: BitrixClient): Promise<Result<PortalCheck, BitrixError>> {
  const commands: Record<string, Command> = {
    profile: { method: 'profile' },
    scope: { method: 'scope' },
    mode: { method: 'crm.settings.mode.get' },
  }
  const answer = await client.batch(commands, { halt: 0, write: false })
  if (!answer.ok) return { ok: false, reason: answer.error }
  const profile = answer.value.get('profile')
  if (profile !== undefined && !profile.ok) return { ok: false, reason: profile.error }
  const user = Profile.safeParse(profile?.value.result)
  if (!user.success) {
    const refusal = { status: null, code: '', text: 'the profile has an unknown shape' }
    return { ok: false, reason: errorOf('protocol', refusal) }
  }
  const { ID, ADMIN, NAME, LAST_NAME } = user.data
  const scope = answer.value.get('scope')
  const scopes = Scopes.catch([]).parse(scope?.ok ? scope.value.result : [])
  const mode = answer.value.get('mode')
  return {
    ok: true,
    value: {
      operator: { id: ID, name: [NAME, LAST_NAME].filter(Boolean).join(' ') || String(ID) },
      isAdmin: ADMIN === true || ADMIN === 'Y',
      missingScopes: REQUIRED_SCOPES.filter((needed) => !scopes.includes(needed)),
      crmMode: (mode?.ok && CRM_MODES.get(mode.value.result)) || null,
    },
  }
}

export interface FieldsReport {
  created: string[]
  existing: string[]
  /** `detail` is for people. */
  failed: { field: string; detail: string }[]
}

type FieldRole = keyof CrmMapping['fields']

const FIELD_TYPES: Record<FieldRole, string> = {
  outcome: 'string',
  attempts: 'integer',
  grade: 'string',
  nextContactAt: 'datetime',
  campaign: 'string',
}
const FIELD_LABELS: Record<FieldRole, string> = {
  outcome: 'Результат звонка',
  attempts: 'Попыток',
  grade: 'Степень интереса',
  nextContactAt: 'Следующий контакт',
  campaign: 'Кампания обзвона',
}
const PREFIX = 'UF_CRM_'

const UserFields = z.array(z.looseObject({ FIELD_NAME: z.string() }))

/**
 * Creates the custom fields that the mapping names and the portal lacks; needs an administrator's
 * webhook. Doing it again creates nothing (Bitrix24 docs: crm.lead.userfield.add).
 */
export async function createFields(
  client: BitrixClient,
  mapping: CrmMapping,
  kind: CardKind = 'lead',
): Promise<Result<FieldsReport, BitrixError>> {
  const known = await listFields(client, kind)
  if (!known.ok) return known
  const report: FieldsReport = { created: [], existing: [], failed: [] }
  for (const role of Object.keys(FIELD_TYPES) as FieldRole[]) {
    const field = mapping.fields[role]
    if (field === null) continue
    if (known.value.has(field)) {
      report.existing.push(field)
      continue
    }
    if (!field.startsWith(PREFIX)) {
      report.failed.push({ field, detail: `a custom field’s name begins with ${PREFIX}` })
      continue
    }
    const fields = {
      FIELD_NAME: field.slice(PREFIX.length),
      USER_TYPE_ID: FIELD_TYPES[role],
      LABEL: FIELD_LABELS[role],
      EDIT_FORM_LABEL: { ru: FIELD_LABELS[role] },
      LIST_COLUMN_LABEL: { ru: FIELD_LABELS[role] },
      LIST_FILTER_LABEL: { ru: FIELD_LABELS[role] },
      MULTIPLE: 'N',
      MANDATORY: 'N',
      SHOW_FILTER: 'Y',
    }
    const added = await client.call(`crm.${kind}.userfield.add`, { fields }, { write: true })
    if (added.ok) report.created.push(field)
    else report.failed.push({ field, detail: detailOf(added.error) })
  }
  return { ok: true, value: report }
}

/** A portal has hundreds of custom fields at most: pages of 50, never more than 40 of them. */
async function listFields(
  client: BitrixClient,
  kind: CardKind,
): Promise<Result<Set<string>, BitrixError>> {
  const names = new Set<string>()
  let start: number | null = 0
  for (let page = 0; start !== null && page < 40; page += 1) {
    const answer = await client.call(`crm.${kind}.userfield.list`, { start }, { write: false })
    if (!answer.ok) return { ok: false, reason: answer.error }
    const rows = UserFields.safeParse(answer.value.result)
    if (!rows.success) {
      const refusal = { status: null, code: '', text: 'the list has an unknown shape' }
      return { ok: false, reason: errorOf('protocol', refusal) }
    }
    for (const { FIELD_NAME } of rows.data) names.add(FIELD_NAME)
    start = answer.value.next
  }
  return { ok: true, value: names }
}
