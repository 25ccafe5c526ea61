import type { ScriptMark } from '../../lib/contracts/campaign.ts'
import { unreachable } from '../../lib/contracts/common.ts'
import type { OutcomeId } from '../../lib/contracts/outcome.ts'
import type { Offer } from '../panel/domain.ts'

export type OutcomeGroup = 'nobody' | 'secretary' | 'interest' | 'refusal' | 'wrong' | 'later'

const GROUP_OF = {
  no_answer: 'nobody',
  answering_machine: 'nobody',
  line_busy: 'nobody',
  connection_error: 'nobody',
  secretary_refusal: 'secretary',
  dm_absent: 'secretary',
  email_sent_secretary: 'secretary',
  off_profile_secretary: 'secretary',
  awaiting_call: 'interest',
  meeting_set: 'interest',
  call_transferred: 'interest',
  customer_number_given: 'interest',
  possible_interest: 'interest',
  email_sent_dm: 'interest',
  email_required: 'interest',
  talk_refused: 'refusal',
  dm_refusal: 'refusal',
  off_profile_dm: 'refusal',
  already_client: 'refusal',
  competitor: 'refusal',
  private_person: 'wrong',
  other_company: 'wrong',
  call_back: 'later',
} as const satisfies Record<OutcomeId, OutcomeGroup>

export type SpokeWith = 'nobody' | 'secretary' | 'other' | 'dm'

/** Groups in the order in which the call makes them likely. */
function orderOf(spokeWith: SpokeWith, isAnswered: boolean): OutcomeGroup[] {
  switch (spokeWith) {
    case 'dm':
      return ['interest', 'refusal', 'later', 'secretary', 'wrong', 'nobody']
    case 'secretary':
    case 'other':
      return ['secretary', 'later', 'refusal', 'interest', 'wrong', 'nobody']
    case 'nobody':
      return isAnswered
        ? ['secretary', 'interest', 'refusal', 'wrong', 'later', 'nobody']
        : ['nobody', 'later', 'wrong', 'secretary', 'interest', 'refusal']
    default:
      return unreachable(spokeWith)
  }
}

/**
 * The offers as they are shown: what can be chosen in groups that follow the call, and the rest,
 * grey, in one list with the reasons.
 */
export function arrange(
  offers: Offer[],
  proposed: OutcomeId | null,
  spokeWith: SpokeWith,
  isAnswered: boolean,
): { groups: { group: OutcomeGroup; offers: Offer[] }[]; barred: Offer[] } {
  const open = offers.filter(({ allowed, outcome }) => allowed && outcome !== proposed)
  const groups = orderOf(spokeWith, isAnswered)
    .map((group) => ({ group, offers: open.filter(({ outcome }) => GROUP_OF[outcome] === group) }))
    .filter(({ offers }) => offers.length > 0)
  return { groups, barred: offers.filter(({ allowed }) => !allowed) }
}

/** Whom the marks say was spoken with; the decision maker outweighs the others. */
export function spokenWith(marks: ScriptMark[]): SpokeWith {
  const who = marks.flatMap((mark) => (mark.type === 'spoke_with' ? [mark.who] : []))
  if (who.includes('dm')) return 'dm'
  return who.at(-1) ?? 'nobody'
}

/** Outcome buttons in the order of their Alt+digits: the proposed one, then the groups. */
export function orderedOutcomes(
  proposed: OutcomeId | null,
  groups: { offers: Offer[] }[],
): OutcomeId[] {
  const others = groups.flatMap(({ offers }) => offers.map(({ outcome }) => outcome))
  return proposed ? [proposed, ...others] : others
}
