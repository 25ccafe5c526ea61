import { z } from 'zod'
import { CardKind } from './card.ts'
import { CalendarDate, ClientLanguage } from './common.ts'
import { ChainOutcomeId, Grade, OutcomeId } from './outcome.ts'

export const CampaignId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'small letters, digits and hyphens, 64 at most')

/** A name with which one campaign, at one moment of its history, can be found again. */
export const CampaignRef = z.strictObject({ id: z.string(), version: z.int().positive() })
export type CampaignRef = z.infer<typeof CampaignRef>

/** Names a version of a campaign in one text. */
export function campaignKey({ id, version }: CampaignRef): string {
  return `${id}@${version}`
}

/**
 * A mark that a walked script step leaves as evidence.
 * `handled` counts an objection as raised and handled; objections count once each, by id.
 */
export const ScriptMark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('spoke_with'), who: z.enum(['secretary', 'other', 'dm']) }),
  z.strictObject({ type: z.literal('presentation') }),
  z.strictObject({ type: z.literal('objection_raised'), objection: z.string() }),
  z.strictObject({ type: z.literal('objection_handled'), objection: z.string() }),
  z.strictObject({ type: z.literal('long_absence') }),
  z.strictObject({ type: z.literal('nobody_replaces') }),
  z.strictObject({ type: z.literal('future_possible') }),
  z.strictObject({ type: z.literal('preliminary_call_agreed') }),
  z.strictObject({ type: z.literal('confirmed_aloud') }),
])
export type ScriptMark = z.infer<typeof ScriptMark>

/**
 * What a step asks the operator to note down; each goes to the field of the same name.
 * `nextContactAt` is the time that the client names: it holds for a callback as well
 * (`lib/script/named-time.ts`).
 */
export const ScriptField = z.enum(['decisionMaker', 'email', 'nextContactAt', 'reason'])
export type ScriptField = z.infer<typeof ScriptField>

export const ScriptAnswer = z.strictObject({
  id: z.string(),
  label: z.string(),
  /** The next step, or null where the script ends. */
  next: z.string().nullable(),
  marks: z.array(ScriptMark).default([]),
  /** The outcome that this answer suggests. */
  proposes: OutcomeId.nullable().default(null),
})
export type ScriptAnswer = z.infer<typeof ScriptAnswer>

/** `say` is spoken aloud, `note` is for the operator's eyes. Both may hold {contact}, {company}, {operator}, {customer}. */
export const ScriptStep = z.strictObject({
  id: z.string(),
  /** 1 contact, 2 needs, 3 presentation, 4 objections, 5 closing. */
  stage: z.int().min(1).max(5),
  title: z.string(),
  say: z.string(),
  note: z.string().default(''),
  /** Marks that reading the step out leaves, when it is answered. */
  marks: z.array(ScriptMark).default([]),
  fields: z.array(ScriptField).default([]),
  answers: z.array(ScriptAnswer).min(1),
})
export type ScriptStep = z.infer<typeof ScriptStep>

/** An objection with the four moves В.З.О.Р: listen, clarify, answer, lead to the decision. */
export const Objection = z.strictObject({
  id: z.string(),
  title: z.string(),
  listen: z.string(),
  clarify: z.string(),
  answer: z.string(),
  decide: z.string(),
})
export type Objection = z.infer<typeof Objection>

export const Script = z.strictObject({
  language: ClientLanguage,
  start: z.string(),
  steps: z.array(ScriptStep).min(1),
  objections: z.array(Objection),
})
export type Script = z.infer<typeof Script>

/** One outcome of the campaign, as data: when it is accepted and what it says. */
export const OutcomeRule = z.strictObject({
  id: OutcomeId,
  type: z.enum(['chain', 'technical', 'intermediate', 'final']),
  title: z.string(),
  /** Texts with {n}, {reason}, {date}, {time}; `closing` stands when the limit makes it final. */
  comment: z.strictObject({
    text: z.string(),
    closing: z.string().nullable().default(null),
    /** Texts by variant, where the outcome takes one. */
    variants: z.record(z.string(), z.string()).default({}),
  }),
  /** Variants that the outcome takes, the default first; `variantRequired` = no default. */
  variants: z.array(z.string()).default([]),
  variantRequired: z.boolean().default(false),
  grade: Grade.nullable().default(null),
  /** Asks the customer, unless approved in advance. */
  needsApproval: z.boolean().default(false),
})
export type OutcomeRule = z.infer<typeof OutcomeRule>

/** A message the relay may send. Text placeholders as in the script, and {date}, {time}. */
export const MessageTemplate = z.strictObject({
  id: z.string(),
  channel: z.enum(['sms', 'mail']),
  language: ClientLanguage,
  subject: z.string().nullable().default(null),
  text: z.string(),
})
export type MessageTemplate = z.infer<typeof MessageTemplate>

/** Sent after an outcome: a template of the client's language is looked up by `template`. */
export const OutcomeMessage = z.strictObject({
  outcome: OutcomeId,
  channel: z.enum(['sms', 'mail']),
  template: z.string(),
})
export type OutcomeMessage = z.infer<typeof OutcomeMessage>

/** Which of the portal's stages and fields a result goes to. */
export const CrmMapping = z.strictObject({
  /** STATUS_ID by what became of the lead; null leaves the stage alone. */
  stages: z.strictObject({
    intermediate: z.string().nullable(),
    interested: z.string().nullable(),
    closed: z.string().nullable(),
  }),
  /** UF_CRM_… names; null = the portal has no such field. */
  fields: z.strictObject({
    outcome: z.string().nullable(),
    attempts: z.string().nullable(),
    grade: z.string().nullable(),
    nextContactAt: z.string().nullable(),
    /** The campaign's id, where an operator chose it among several (docs/adr/0014). */
    campaign: z.string().nullable().default(null),
  }),
})
export type CrmMapping = z.infer<typeof CrmMapping>

const Names = z.array(z.string().min(1)).min(1)
const Ids = z.array(z.int().positive())

/**
 * One thing that must be so for a lead to belong to a campaign; of several values one suffices.
 * Fields have the names of `crm.item.get` with `useOriginalUfNames` (`UF_CRM_…`, `opportunity`).
 */
export const BelongsCondition = z.discriminatedUnion('by', [
  /** A lead or a company. */
  z.strictObject({ by: z.literal('kind'), anyOf: z.array(CardKind).min(1) }),
  /** STATUS_ID of the lead's stage. */
  z.strictObject({ by: z.literal('stage'), anyOf: Names }),
  /** SOURCE_ID. */
  z.strictObject({ by: z.literal('source'), anyOf: Names }),
  z.strictObject({ by: z.literal('field'), field: z.string().min(1), anyOf: Names }),
  /** Named one by one, by their ids in the portal. */
  z.strictObject({ by: z.literal('list'), leads: Ids, companies: Ids.default([]) }),
  /** Bitrix24 users. */
  z.strictObject({ by: z.literal('responsible'), anyOf: Ids.min(1) }),
])
export type BelongsCondition = z.infer<typeof BelongsCondition>

/** The shape of campaign documents now; older ones are migrated (`lib/campaign/migrate.ts`). */
export const CAMPAIGN_SCHEMA_VERSION = 2

/** Everything about a campaign that is data. Shipped ones: `lib/campaign/shipped/`. */
export const Campaign = z.strictObject({
  schemaVersion: z.literal(CAMPAIGN_SCHEMA_VERSION).default(CAMPAIGN_SCHEMA_VERSION),
  id: CampaignId,
  version: z.int().positive(),
  title: z.string(),
  /** Which leads are called in it: every condition must hold; none = every lead. */
  belongs: z.array(BelongsCondition).default([]),
  language: ClientLanguage,
  projectKind: z.enum(['system', 'pilot']),
  timeZone: z.string(),
  customer: z.strictObject({ name: z.string(), city: z.string(), phone: z.string() }),
  salesRep: z.strictObject({ userId: z.int().positive(), name: z.string() }).nullable(),
  cityAliases: z.array(z.array(z.string())),
  /** How long to let it ring, in seconds (requirement 001-7: 60). */
  waitSeconds: z.int().positive(),
  /** How long an outward message waits for a change of mind, in seconds. */
  undoSeconds: z.int().nonnegative(),
  attempts: z.strictObject({
    scope: z.enum(['lead', 'cause']),
    max: z.int().positive(),
    total: z.int().positive(),
  }),
  holidays: z.array(CalendarDate),
  disabled: z.array(OutcomeId),
  approvedInAdvance: z.array(OutcomeId),
  outcomes: z.array(OutcomeRule),
  /** The causes in the order in which the deck names them. */
  causes: z.array(ChainOutcomeId),
  vagueReasons: z.array(z.string()),
  gradeTitles: z.record(Grade, z.string()),
  scripts: z.array(Script),
  /** Whether the script has the transfer algorithm (requirement 001-21). */
  transferStep: z.boolean(),
  templates: z.array(MessageTemplate),
  messages: z.array(OutcomeMessage),
  mapping: CrmMapping,
})
export type Campaign = z.infer<typeof Campaign>
