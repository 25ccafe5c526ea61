import type { AttemptRecord } from '../contracts/attempt.ts'
import type { BelongsCondition, Campaign } from '../contracts/campaign.ts'
import type { CardDetails } from '../contracts/card.ts'

/** What the rules of campaigns look at in a lead or company. */
export type LeadFacts = Pick<CardDetails, 'card' | 'stageId' | 'responsibleId'> &
  Partial<Pick<CardDetails, 'sourceId' | 'fields'>>

/** All campaigns that this lead may be called in, in the order given. */
export function campaignsOf(lead: LeadFacts, campaigns: readonly Campaign[]): Campaign[] {
  return campaigns.filter(({ belongs }) => belongs.every((condition) => holds(condition, lead)))
}

function holds(condition: BelongsCondition, lead: LeadFacts): boolean {
  switch (condition.by) {
    case 'kind':
      return condition.anyOf.includes(lead.card.kind)
    case 'stage':
      return lead.stageId !== null && condition.anyOf.includes(lead.stageId)
    case 'source':
      return lead.sourceId != null && condition.anyOf.includes(lead.sourceId)
    case 'field': {
      const values = lead.fields?.[condition.field] ?? []
      return values.some((value) => condition.anyOf.some((wanted) => isSameWord(value, wanted)))
    }
    case 'list': {
      const ids = lead.card.kind === 'lead' ? condition.leads : condition.companies
      return ids.includes(lead.card.id)
    }
    case 'responsible':
      return lead.responsibleId !== null && condition.anyOf.includes(lead.responsibleId)
  }
}

/** People type these values on both sides: case and blanks at the ends don't count. */
function isSameWord(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** The fields of a card that must be read to apply the rules and to find a choice made before. */
export function fieldsToRead(campaigns: readonly Campaign[]): string[] {
  const names = campaigns.flatMap(({ belongs, mapping }) => [
    ...belongs.flatMap((condition) => (condition.by === 'field' ? [condition.field] : [])),
    ...(mapping.fields.campaign === null ? [] : [mapping.fields.campaign]),
  ])
  return [...new Set(names)]
}

/** The campaign that a lead is called in, or why that is not settled. */
export type Belonging =
  | { state: 'settled'; campaign: Campaign; others: Campaign[] }
  | { state: 'choose'; options: Campaign[] }
  | { state: 'none' }

/**
 * Settles which campaign a lead is called in. What was chosen for it stands first; then a pass
 * that is open stays in the campaign it began in, even when its first result moved the lead to a
 * stage that the rule does not name; then the rules decide.
 *
 * @param chosen the id chosen here or found in the card; null = nobody has chosen.
 */
export function settleCampaign(
  lead: LeadFacts,
  campaigns: readonly Campaign[],
  { chosen, history }: { chosen: string | null; history: readonly AttemptRecord[] },
): Belonging {
  const fitting = campaignsOf(lead, campaigns)
  const last = history.at(-1)
  const begun = last && last.kind !== 'final' ? last.campaign.id : null
  for (const id of [chosen, begun]) {
    const campaign = id === null ? undefined : campaigns.find((candidate) => candidate.id === id)
    if (campaign) {
      return { state: 'settled', campaign, others: fitting.filter((other) => other !== campaign) }
    }
  }
  const [only, ...more] = fitting
  if (!only) return { state: 'none' }
  if (more.length > 0) return { state: 'choose', options: fitting }
  return { state: 'settled', campaign: only, others: [] }
}

/** The choice that the card itself keeps, in the field that the campaigns name; null = none. */
export function choiceInCard(
  { fields }: Pick<LeadFacts, 'fields'>,
  campaigns: readonly Campaign[],
): string | null {
  const names = new Set(campaigns.map(({ mapping }) => mapping.fields.campaign))
  for (const name of names) {
    const [value] = (name !== null && fields?.[name]) || []
    if (value) return value
  }
  return null
}
