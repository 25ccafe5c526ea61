import type { Decision } from '../contracts/outcome.ts'
import { isWithheld, type MessagePlan } from './message-effects.ts'

/** The decision, saying also which of its messages the stop list keeps back. */
export function withWithheld(plan: MessagePlan): Decision {
  const { decision } = plan
  const withheld = (['sms', 'mail'] as const)
    .filter((channel) => isWithheld(channel, plan))
    .map((channel) => `${channel}_withheld` as const)
  return { ...decision, warnings: [...decision.warnings, ...withheld] }
}
