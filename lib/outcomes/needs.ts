import type { OutcomeId } from '../contracts/outcome.ts'

/** What an outcome needs before it is accepted; the deck's conditions as a table. */
export interface Needs {
  /** With whom the operator must have spoken; `desk` = secretary or another employee. */
  spokeWith?: 'dm' | 'desk'
  presentation?: true
  /** At least one handled: always, or only when objections were raised. */
  objections?: 'always' | 'if_raised'
  decisionMaker?: true
  email?: true
  reason?: true
}

const LETTER_TO_DM: Needs = {
  spokeWith: 'dm',
  presentation: true,
  objections: 'always',
  email: true,
}

export const NEEDS: Record<OutcomeId, Needs> = {
  no_answer: {},
  answering_machine: {},
  secretary_refusal: { spokeWith: 'desk', reason: true },
  talk_refused: { spokeWith: 'dm', reason: true },
  dm_absent: { spokeWith: 'desk', reason: true },
  connection_error: { reason: true },
  line_busy: {},
  call_back: {},
  dm_refusal: { spokeWith: 'dm', objections: 'always', reason: true },
  off_profile_dm: { spokeWith: 'dm' },
  off_profile_secretary: { spokeWith: 'desk' },
  private_person: {},
  other_company: {},
  competitor: {},
  already_client: {},
  email_sent_dm: LETTER_TO_DM,
  email_sent_secretary: {
    spokeWith: 'desk',
    objections: 'always',
    email: true,
    decisionMaker: true,
  },
  email_required: LETTER_TO_DM,
  possible_interest: { spokeWith: 'dm', presentation: true },
  awaiting_call: {
    spokeWith: 'dm',
    presentation: true,
    objections: 'if_raised',
    decisionMaker: true,
  },
  customer_number_given: {
    spokeWith: 'dm',
    presentation: true,
    objections: 'if_raised',
    decisionMaker: true,
  },
  meeting_set: { spokeWith: 'dm', presentation: true, decisionMaker: true },
  call_transferred: { spokeWith: 'dm', presentation: true, decisionMaker: true },
}
