import { z } from 'zod'
import { isTimeZone } from '../../callbacks/zoned-time.ts'
import { shippedCampaign } from '../../campaign/shipped/index.ts'
import { Campaign } from '../../contracts/campaign.ts'
import { Instant } from '../../contracts/common.ts'
import { Evidence, Proposal, ResultKind, StopList } from '../../contracts/outcome.ts'
import type { Situation } from '../situation.ts'

/** Takes null like a missing key, and a missing key like the default. */
function or<T extends z.ZodType>(schema: T, fallback: z.output<T>) {
  return schema.nullish().transform((value) => value ?? fallback)
}

const text = or(z.string(), '')
const flag = or(z.boolean(), false)
const count = or(z.int().nonnegative(), 0)
const optionalText = or(z.string().nullable(), null)
const optionalInstant = or(Instant.nullable(), null)
const pass = or(z.int().positive(), 1)
const zone = z.string().refine(isTimeZone, 'a time zone that exists')

const { shape: evidenceShape } = Evidence
const CaseEvidence = z.object({
  direction: or(evidenceShape.direction.unwrap(), 'out'),
  rangSeconds: count,
  callSeconds: count,
  endedBy: or(evidenceShape.endedBy.unwrap(), 'us'),
  spokeWith: or(evidenceShape.spokeWith.unwrap(), 'nobody'),
  presentation: flag,
  objectionsRaised: count,
  objectionsHandled: count,
  longAbsence: flag,
  nobodyReplaces: flag,
  allNumbersDead: flag,
  futurePossible: flag,
  transferConnected: flag,
  cardCorrected: flag,
  preliminaryCallAgreed: flag,
  confirmedAloud: flag,
  email: optionalText,
  decisionMaker: optionalText,
})

const CaseProposal = z.object({
  outcome: z.string(),
  cause: optionalText,
  variant: optionalText,
  reason: text,
  note: text,
  rude: flag,
  optOut: flag,
  callbackAt: optionalInstant,
  nextContactAt: optionalInstant,
  meetingAt: optionalInstant,
  namedByClient: flag,
  approval: or(Proposal.shape.approval.unwrap(), 'none'),
  evidence: or(CaseEvidence, CaseEvidence.parse({})),
})

const NO_LEAD = { city: null, timeZone: null, stopList: null }

/** A case of the rules command, with its defaults filled in; unknown keys are dropped. */
const RulesCase = z.object({
  id: z.union([z.string(), z.number()]),
  campaign: z.union([z.string(), z.record(z.string(), z.unknown())]),
  overrides: or(z.record(z.string(), z.unknown()), {}),
  now: Instant,
  random: or(z.number(), 0),
  pass,
  history: or(
    z.array(
      z.object({ at: Instant, pass, outcome: z.string(), cause: optionalText, kind: ResultKind }),
    ),
    [],
  ),
  lead: or(
    z.object({
      city: optionalText,
      timeZone: or(zone.nullable(), null),
      stopList: or(StopList.nullable(), null),
    }),
    NO_LEAD,
  ),
  taken: or(z.array(Instant), []),
  proposal: CaseProposal,
})

/** What may be laid over a campaign: any of its keys, limits key by key, and the customer's city. */
const Overrides = z
  .object(Campaign.shape)
  .omit({ attempts: true })
  .extend({ attempts: Campaign.shape.attempts.partial(), city: z.string() })
  .partial()

export interface ReadCase {
  campaign: Campaign
  situation: Situation
}

/** Reads a case; throws a ZodError or an Error that says what is wrong with it. */
export function readCase(input: unknown): ReadCase {
  const { campaign, overrides, ...situation } = RulesCase.parse(input)
  return { campaign: campaignOf(campaign, overrides), situation }
}

/** Cases of one file mostly share a few campaigns, and reading one costs more than judging a case. */
const campaigns = new Map<string, Campaign>()
const MAX_KNOWN_CAMPAIGNS = 500

function campaignOf(source: string | object, overrides: Record<string, unknown>): Campaign {
  const key = JSON.stringify([source, overrides])
  const known = campaigns.get(key)
  if (known !== undefined) return known
  const read = overlay(baseCampaign(source), overrides)
  if (!isTimeZone(read.timeZone)) throw new Error(`no such time zone: ${read.timeZone}`)
  if (campaigns.size >= MAX_KNOWN_CAMPAIGNS) campaigns.clear()
  campaigns.set(key, read)
  return read
}

function baseCampaign(source: string | object): Campaign {
  if (typeof source !== 'string') return z.object(Campaign.shape).parse(source)
  const shipped = shippedCampaign(source)
  if (shipped === null) throw new Error(`no such campaign: ${source}`)
  return shipped
}

function overlay(base: Campaign, overrides: Record<string, unknown>): Campaign {
  const { attempts, city, ...rest } = Overrides.parse(withoutNulls(overrides))
  const customer = rest.customer ?? base.customer
  return {
    ...base,
    ...withoutUndefined(rest),
    attempts: { ...base.attempts, ...withoutUndefined(attempts ?? {}) },
    customer: city === undefined ? customer : { ...customer, city },
  }
}

/** An explicit null is the same as a missing key, in the overrides and in their objects. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, item]) => item !== null)
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      key === 'attempts' && isPlainObject(item) ? withoutNulls(item) : item,
    ]),
  )
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }
function withoutUndefined<T extends object>(value: T): Partial<Defined<T>> {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as Partial<Defined<T>>
}
