import { z } from 'zod'
import { CampaignRef, ScriptMark } from './campaign.ts'
import { CardRef } from './card.ts'
import { ClientLanguage, Instant } from './common.ts'
import { Decision, Evidence, Grade, ResultKind, StopList } from './outcome.ts'

/** One call of an attempt, as the softphone saw it. */
export const CallFacts = z.strictObject({
  callId: z.uuid(),
  number: z.string(),
  direction: z.enum(['out', 'in']),
  startedAt: Instant,
  ringingAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedBy: z.enum(['us', 'network', 'client']).nullable(),
  /** SIP status that ended it, when it did: 486, 487, … */
  sipStatus: z.int().nullable(),
})
export type CallFacts = z.infer<typeof CallFacts>

/** The way walked through the script: which step was answered how, oldest first. */
export const ScriptWalk = z.strictObject({
  language: ClientLanguage,
  /** Step on screen; null before the first. */
  at: z.string().nullable(),
  answered: z.array(z.strictObject({ step: z.string(), answer: z.string(), at: Instant })),
  /** Objections whose four moves were gone through. */
  objections: z.array(z.strictObject({ objection: z.string(), handled: z.boolean(), at: Instant })),
})
export type ScriptWalk = z.infer<typeof ScriptWalk>

/** The operator's part of an attempt in hand: typed and chosen, never lost. */
export const DraftInput = z.strictObject({
  outcome: z.string().nullable(),
  cause: z.string().nullable(),
  variant: z.string().nullable(),
  reason: z.string(),
  note: z.string(),
  rude: z.boolean(),
  optOut: z.boolean(),
  callbackAt: Instant.nullable(),
  nextContactAt: Instant.nullable(),
  meetingAt: Instant.nullable(),
  namedByClient: z.boolean(),
  decisionMaker: z.string(),
  email: z.string(),
  /** Marks added by hand; recorded as such. */
  marksByHand: z.array(ScriptMark),
  walk: ScriptWalk,
})
export type DraftInput = z.infer<typeof DraftInput>

/** An attempt in hand: from the first dialled number to the saved result. */
export const AttemptDraft = z.strictObject({
  attemptId: z.uuid(),
  card: CardRef,
  campaign: CampaignRef,
  pass: z.int().positive(),
  /** Random number in [0, 2³²) from which the engine draws; fixed, so a preview equals the result. */
  seed: z.int().nonnegative(),
  startedAt: Instant,
  calls: z.array(CallFacts),
  input: DraftInput,
  /** Counts the operator's changes; the panel drops echoes that are older than its own. */
  revision: z.int().nonnegative(),
})
export type AttemptDraft = z.infer<typeof AttemptDraft>

/** Who saved it; `id` is Bitrix24's user id. */
export const Operator = z.strictObject({ id: z.int().positive(), name: z.string() })
export type Operator = z.infer<typeof Operator>

/**
 * A saved result as Bitrix24 keeps it: the machine-readable part, written once into the
 * description of the attempt's call activity and never changed (docs/adr).
 */
export const AttemptRecord = z.object({
  attemptId: z.uuid(),
  at: Instant,
  pass: z.int().positive(),
  outcome: z.string(),
  cause: z.string().nullable(),
  kind: ResultKind,
  attempt: z.int().positive().nullable(),
  comment: z.string(),
  grade: Grade.nullable(),
  stopList: StopList.nullable(),
  callbackAt: Instant.nullable(),
  nextContactAt: Instant.nullable(),
  meetingAt: Instant.nullable(),
  operator: Operator,
  campaign: CampaignRef,
  evidence: Evidence,
  marksByHand: z.array(z.string()),
})
export type AttemptRecord = z.infer<typeof AttemptRecord>

/** A result saved on this machine, delivered or not. */
export const SavedAttempt = z.strictObject({
  attemptId: z.uuid(),
  card: CardRef,
  savedAt: Instant,
  decision: Decision,
  record: AttemptRecord,
})
export type SavedAttempt = z.infer<typeof SavedAttempt>
