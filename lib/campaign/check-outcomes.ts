import type { Campaign, OutcomeRule } from '../contracts/campaign.ts'
import { CHAIN_OUTCOME_IDS, OUTCOME_IDS, type OutcomeId } from '../contracts/outcome.ts'
import type { CampaignProblem } from '../contracts/relay-campaigns.ts'
import { empty, problemAt, twice, unknownPlaceholders } from './problem.ts'

const COMMENT_PLACEHOLDERS = ['n', 'reason', 'date', 'time']

/** Every outcome is there once, worded whole, and of the kind that the deck gives it (001-5 … 001-26). */
export function checkOutcomes(campaign: Campaign): CampaignProblem[] {
  const { outcomes, disabled, causes } = campaign
  const has = new Set(outcomes.map(({ id }) => id))
  const missing = OUTCOME_IDS.filter((id) => !has.has(id))
  return [
    ...missing.map((id) =>
      problemAt(['outcomes'], `${id} is missing; switch it off by «disabled»`),
    ),
    ...twice(outcomes, ({ id }) => id, ['outcomes']),
    ...outcomes.flatMap((rule, index) => checkRule(rule, index)),
    ...twice(disabled, (id) => id, ['disabled']),
    ...twice(campaign.approvedInAdvance, (id) => id, ['approvedInAdvance']),
    ...twice(causes, (id) => id, ['causes']),
    ...causes.flatMap((id, index) =>
      disabled.includes(id) ? [problemAt(['causes', index], `${id} is switched off`)] : [],
    ),
    ...(causes.length === 0 && !disabled.includes('call_back')
      ? [problemAt(['causes'], 'call_back needs a cause: name one, or switch call_back off')]
      : []),
    ...checkThatAnyRemains(disabled),
  ]
}

function checkThatAnyRemains(disabled: readonly OutcomeId[]): CampaignProblem[] {
  const isAnyFinalOn = OUTCOME_IDS.some((id) => typeOf(id) === 'final' && !disabled.includes(id))
  const isAnyChainOn = CHAIN_OUTCOME_IDS.some((id) => !disabled.includes(id))
  return [
    ...(isAnyFinalOn ? [] : [problemAt(['disabled'], 'no final outcome is left')]),
    ...(isAnyChainOn ? [] : [problemAt(['disabled'], 'no outcome for a call in vain is left')]),
  ]
}

function checkRule(rule: OutcomeRule, index: number): CampaignProblem[] {
  const path = ['outcomes', index]
  const { comment, variants } = rule
  const texts: [string, (string | number)[]][] = [
    [comment.text, [...path, 'comment', 'text']],
    ...(comment.closing === null
      ? []
      : [[comment.closing, [...path, 'comment', 'closing']] as [string, (string | number)[]]]),
    ...Object.entries(comment.variants).map(([name, text]): [string, (string | number)[]] => [
      text,
      [...path, 'comment', 'variants', name],
    ]),
  ]
  return [
    ...(rule.type === typeOf(rule.id)
      ? []
      : [problemAt([...path, 'type'], `${rule.id} is ${typeOf(rule.id)} by the deck`)]),
    ...empty(rule.title, [...path, 'title']),
    ...texts.flatMap(([text, place]) => unknownPlaceholders(text, COMMENT_PLACEHOLDERS, place)),
    // The comment of call_back is its cause's.
    ...(rule.id === 'call_back' ? [] : texts.flatMap(([text, place]) => empty(text, place))),
    ...twice(variants, (name) => name, [...path, 'variants']),
    ...(rule.variantRequired && variants.length === 0
      ? [problemAt([...path, 'variantRequired'], 'there is no variant to choose')]
      : []),
    ...Object.keys(comment.variants)
      .filter((name) => !variants.includes(name))
      .map((name) => problemAt([...path, 'comment', 'variants', name], 'no such variant')),
  ]
}

function typeOf(id: OutcomeId): OutcomeRule['type'] {
  if (CHAIN_OUTCOME_IDS.some((chain) => chain === id)) return 'chain'
  if (id === 'line_busy') return 'technical'
  return id === 'call_back' ? 'intermediate' : 'final'
}
