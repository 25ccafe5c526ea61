import { Campaign } from '../contracts/campaign.ts'
import type { Result } from '../contracts/common.ts'
import type { CampaignProblem } from '../contracts/relay-campaigns.ts'
import { checkMessages } from './check-messages.ts'
import { checkOutcomes } from './check-outcomes.ts'
import { checkScripts } from './check-script.ts'
import { migrateCampaign } from './migrate.ts'
import { empty, problemAt, twice } from './problem.ts'

/**
 * Reads a document of any shape this product ever had, without judging what it says: what was
 * published once stays readable. The problems name their place in the document.
 */
export function readCampaign(value: unknown): Result<Campaign, CampaignProblem[]> {
  const parsed = Campaign.safeParse(migrateCampaign(value))
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) => problemAt(path, message))
  return { ok: false, reason: problems }
}

/** Reads a document and judges it as publishing does: a campaign with a problem is not published. */
export function checkedCampaign(value: unknown): Result<Campaign, CampaignProblem[]> {
  const read = readCampaign(value)
  if (!read.ok) return read
  const problems = checkCampaign(read.value)
  return problems.length === 0 ? read : { ok: false, reason: problems }
}

/** What makes a well-formed campaign unusable, by place. */
export function checkCampaign(campaign: Campaign): CampaignProblem[] {
  const { customer, attempts, holidays, cityAliases, gradeTitles, vagueReasons } = campaign
  return [
    ...empty(campaign.title, ['title']),
    ...empty(customer.name, ['customer', 'name']),
    ...(isTimeZone(campaign.timeZone)
      ? []
      : [problemAt(['timeZone'], `${campaign.timeZone} is no time zone: write it as Europe/Kyiv`)]),
    ...(attempts.total >= attempts.max
      ? []
      : [problemAt(['attempts', 'total'], 'must not be less than «max»')]),
    ...twice(holidays, (day) => day, ['holidays']),
    ...cityAliases.flatMap((names, index) =>
      names.length > 1 ? [] : [problemAt(['cityAliases', index], 'names one city in one way only')],
    ),
    ...vagueReasons.flatMap((reason, index) => empty(reason, ['vagueReasons', index])),
    ...Object.entries(gradeTitles).flatMap(([grade, title]) =>
      empty(title, ['gradeTitles', grade]),
    ),
    ...checkOutcomes(campaign),
    ...checkScripts(campaign),
    ...checkMessages(campaign),
    ...checkMapping(campaign),
    ...checkBelongs(campaign),
  ]
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** Every result has a field name that a portal can have, and no two share one. */
function checkMapping({ mapping: { fields, stages } }: Campaign): CampaignProblem[] {
  const named = Object.entries(fields).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  )
  return [
    ...named.flatMap(([role, name]) =>
      /^[A-Za-z]\w{0,49}$/.test(name)
        ? []
        : [problemAt(['mapping', 'fields', role], `${name} is no field of Bitrix24`)],
    ),
    ...named.flatMap(([role, name]) =>
      named.find((other) => other[1] === name)?.[0] === role
        ? []
        : [problemAt(['mapping', 'fields', role], `${name} is taken by another value`)],
    ),
    ...Object.entries(stages).flatMap(([role, stage]) =>
      stage === null ? [] : empty(stage, ['mapping', 'stages', role]),
    ),
  ]
}

function checkBelongs({ belongs }: Campaign): CampaignProblem[] {
  return belongs.flatMap((condition, index) => {
    if (condition.by === 'field' && !/^[A-Za-z]\w*$/.test(condition.field)) {
      return [problemAt(['belongs', index, 'field'], `${condition.field} is no field of Bitrix24`)]
    }
    if (condition.by === 'list' && condition.leads.length + condition.companies.length === 0) {
      return [problemAt(['belongs', index], 'the list is empty: nobody would be called')]
    }
    return []
  })
}
