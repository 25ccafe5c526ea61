import { outcomeTitle } from '../campaign/find.ts'
import type { Campaign } from '../contracts/campaign.ts'
import type { Effect } from '../contracts/effect.ts'
import type { Decision } from '../contracts/outcome.ts'

type CrmFields = Pick<Extract<Effect, { type: 'fields' }>, 'stageId' | 'fields'>

/**
 * The card's fields after a result: a projection for filters, the record is the truth. What the
 * result says nothing about stays as it is; only the next contact is emptied when there is none.
 */
export function crmFieldsOf(campaign: Campaign, decision: Decision): CrmFields {
  const { fields: names } = campaign.mapping
  const values: CrmFields['fields'] = {}
  const set = (name: string | null, value: string | number | null) => {
    if (name !== null) values[name] = value
  }
  if (decision.kind !== 'technical') {
    set(names.outcome, outcomeTitle(campaign, decision.outcome))
    if (decision.attempt !== null) set(names.attempts, decision.attempt)
    if (decision.grade !== null) set(names.grade, campaign.gradeTitles[decision.grade])
  }
  set(
    names.nextContactAt,
    decision.callbackAt ?? decision.nextContactAt ?? decision.meetingAt ?? null,
  )
  return { stageId: stageOf(campaign, decision), fields: values }
}

/**
 * The lead's stage: handed over when interested, closed when nobody will call again. A pass that
 * ends with neither (nobody reached, interest later) leaves the lead in work for the next pass,
 * and what waits for the customer or was no attempt leaves the stage alone.
 */
function stageOf({ mapping }: Campaign, { kind, grade, stopList }: Decision): string | null {
  const { stages } = mapping
  if (kind === 'technical' || kind === 'pending') return null
  if (stopList !== null) return stages.closed
  switch (grade) {
    case 'hot':
    case 'warm':
      return stages.interested
    case 'not_interested':
    case 'client':
    case 'prejudiced':
    case 'wrong_target':
      return stages.closed
    case 'hypothetical':
    case null:
      return stages.intermediate
  }
}
