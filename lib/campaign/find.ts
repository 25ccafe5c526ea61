import type { Campaign, MessageTemplate, OutcomeRule, Script } from '../contracts/campaign.ts'
import type { ClientLanguage } from '../contracts/common.ts'

/** The campaign's rule for an outcome, or null when it has none. */
export function outcomeRuleOf(campaign: Campaign, outcome: string): OutcomeRule | null {
  return campaign.outcomes.find((rule) => rule.id === outcome) ?? null
}

/** The title of an outcome; an outcome that the campaign no longer has keeps its identifier. */
export function outcomeTitle(campaign: Campaign, outcome: string): string {
  return outcomeRuleOf(campaign, outcome)?.title ?? outcome
}

/** The script in the client's language; where there is none, the campaign's first. */
export function scriptOf(campaign: Campaign, language: ClientLanguage): Script | null {
  return (
    campaign.scripts.find((script) => script.language === language) ?? campaign.scripts[0] ?? null
  )
}

/** A message's template in exactly this language, or null. */
export function templateOf(
  campaign: Campaign,
  id: string,
  language: ClientLanguage,
): MessageTemplate | null {
  return (
    campaign.templates.find((template) => template.id === id && template.language === language) ??
    null
  )
}
