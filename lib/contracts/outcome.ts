import { z } from 'zod'
import { Instant } from './common.ts'

/** Outcome identifiers: stable, stored in the CRM. Titles and texts are the campaign's. */
export const OUTCOME_IDS = [
  'no_answer',
  'answering_machine',
  'secretary_refusal',
  'talk_refused',
  'dm_absent',
  'connection_error',
  'line_busy',
  'call_back',
  'dm_refusal',
  'off_profile_dm',
  'off_profile_secretary',
  'private_person',
  'other_company',
  'competitor',
  'already_client',
  'email_sent_dm',
  'email_sent_secretary',
  'email_required',
  'possible_interest',
  'awaiting_call',
  'customer_number_given',
  'meeting_set',
  'call_transferred',
] as const
export const OutcomeId = z.enum(OUTCOME_IDS)
export type OutcomeId = z.infer<typeof OutcomeId>

/** The outcomes that count towards the attempt limit; also the causes of `call_back`. */
export const CHAIN_OUTCOME_IDS = [
  'no_answer',
  'answering_machine',
  'secretary_refusal',
  'talk_refused',
  'dm_absent',
  'connection_error',
] as const satisfies readonly OutcomeId[]
export const ChainOutcomeId = z.enum(CHAIN_OUTCOME_IDS)
export type ChainOutcomeId = z.infer<typeof ChainOutcomeId>

/** `pending` = a final outcome that waits for the customer's approval. */
export const ResultKind = z.enum(['intermediate', 'final', 'technical', 'pending'])
export type ResultKind = z.infer<typeof ResultKind>

export const Grade = z.enum([
  'hot',
  'warm',
  'hypothetical',
  'not_interested',
  'client',
  'prejudiced',
  'wrong_target',
])
export type Grade = z.infer<typeof Grade>

export const StopList = z.enum(['until_reviewed', 'permanent'])
export type StopList = z.infer<typeof StopList>

/** What a call and the walked script prove. Seconds are whole; «dm» is the decision maker. */
export const Evidence = z.strictObject({
  direction: z.enum(['out', 'in']).default('out'),
  rangSeconds: z.int().nonnegative().default(0),
  callSeconds: z.int().nonnegative().default(0),
  endedBy: z.enum(['us', 'network', 'client']).default('us'),
  spokeWith: z.enum(['nobody', 'secretary', 'other', 'dm']).default('nobody'),
  presentation: z.boolean().default(false),
  objectionsRaised: z.int().nonnegative().default(0),
  objectionsHandled: z.int().nonnegative().default(0),
  longAbsence: z.boolean().default(false),
  nobodyReplaces: z.boolean().default(false),
  allNumbersDead: z.boolean().default(false),
  futurePossible: z.boolean().default(false),
  transferConnected: z.boolean().default(false),
  cardCorrected: z.boolean().default(false),
  preliminaryCallAgreed: z.boolean().default(false),
  confirmedAloud: z.boolean().default(false),
  email: z.string().nullable().default(null),
  decisionMaker: z.string().nullable().default(null),
})
export type Evidence = z.infer<typeof Evidence>

/** What the operator proposes to save. Unknown words are violations, so they are plain text here. */
export const Proposal = z.strictObject({
  outcome: z.string(),
  cause: z.string().nullable().default(null),
  variant: z.string().nullable().default(null),
  reason: z.string().default(''),
  note: z.string().default(''),
  rude: z.boolean().default(false),
  optOut: z.boolean().default(false),
  callbackAt: Instant.nullable().default(null),
  nextContactAt: Instant.nullable().default(null),
  meetingAt: Instant.nullable().default(null),
  namedByClient: z.boolean().default(false),
  approval: z.enum(['none', 'granted', 'pending', 'refused']).default('none'),
  evidence: Evidence,
})
export type Proposal = z.infer<typeof Proposal>

/** One saved result of the card, as far as the rules need it; oldest first in a history. */
export const HistoryEntry = z.object({
  at: Instant,
  pass: z.int().positive().default(1),
  outcome: z.string(),
  cause: z.string().nullable().default(null),
  kind: ResultKind,
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

/** Why a proposal is refused; the list with its meanings is in `docs/requirements.md`. */
export const VIOLATION_CODES = [
  'unknown_outcome',
  'not_enabled',
  'stop_listed',
  'pass_closed',
  'cause_required',
  'attempts_exhausted',
  'busy_limit',
  'opt_out_is_final',
  'evidence_contradicts',
  'wait_too_short',
  'reason_required',
  'reason_too_vague',
  'variant_required',
  'spoke_with_required',
  'presentation_required',
  'objections_required',
  'date_required',
  'date_in_past',
  'beyond_limit',
  'outside_hours',
  'non_working_day',
  'no_slot',
  'email_required',
  'decision_maker_required',
  'card_correctable',
  'confirmation_required',
  'city_mismatch',
  'preliminary_call_required',
  'transfer_step_missing',
  'transfer_not_connected',
  'approval_required',
  'approval_refused',
] as const
export const ViolationCode = z.enum(VIOLATION_CODES)
export type ViolationCode = z.infer<typeof ViolationCode>

/** `field` is a path into the proposal; `message` is for logs, the interface translates the code. */
export const Violation = z.strictObject({
  code: ViolationCode,
  field: z.string(),
  message: z.string(),
})
export type Violation = z.infer<typeof Violation>

/** Names of what a decision sets in motion; `lib/outcomes/plan-effects.ts` makes them whole. */
export const DecisionEffect = z.strictObject({
  type: z.enum(['call_record', 'comment', 'fields', 'todo', 'notification', 'sms', 'mail']),
})
export type DecisionEffect = z.infer<typeof DecisionEffect>

/** An accepted proposal as it is stored. Instants are in the campaign's zone, to the second. */
export const Decision = z.strictObject({
  outcome: OutcomeId,
  cause: ChainOutcomeId.nullable(),
  kind: ResultKind,
  attempt: z.int().positive().nullable(),
  comment: z.string(),
  callbackAt: Instant.nullable(),
  nextContactAt: Instant.nullable(),
  meetingAt: Instant.nullable(),
  grade: Grade.nullable(),
  stopList: StopList.nullable(),
  effects: z.array(DecisionEffect),
  /** `…_withheld`: the stop list bars whoever would have got the message, so none is sent. */
  warnings: z.array(
    z.enum(['minute_taken', 'limit_extended_by_holidays', 'sms_withheld', 'mail_withheld']),
  ),
})
export type Decision = z.infer<typeof Decision>
