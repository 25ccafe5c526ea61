import { z } from 'zod'
import { CampaignRef } from './campaign.ts'
import { CardRef } from './card.ts'
import { ClientLanguage, Instant } from './common.ts'
import { MessageState } from './effect.ts'
import { CampaignConflict, CampaignProblem } from './relay-campaigns.ts'

/**
 * The relay's HTTP API, version 1. Authorization is `Bearer <token>`; every write carries an
 * `Idempotency-Key` (1–128 characters): a repeated one gets the first answer and does nothing.
 * A message is made from a template of a campaign that the relay holds, never from free text,
 * so that a stolen token can't turn the relay into an open SMS or mail gate.
 */
export const RelayMessageRequest = z.strictObject({
  channel: z.enum(['sms', 'mail']),
  campaign: CampaignRef,
  template: z.string().min(1).max(64),
  language: ClientLanguage,
  /** E.164 for sms, an address for mail. */
  to: z.string().min(3).max(254),
  variables: z.record(z.string().max(32), z.string().max(200)),
  card: CardRef,
  attemptId: z.uuid(),
})
export type RelayMessageRequest = z.infer<typeof RelayMessageRequest>

/** POST /v1/messages → 202, GET /v1/messages/:id → 200. */
export const RelayMessage = z.strictObject({
  id: z.uuid(),
  channel: z.enum(['sms', 'mail']),
  state: MessageState,
  /** What the gateway said, without personal data. */
  detail: z.string().nullable(),
  updatedAt: Instant,
})
export type RelayMessage = z.infer<typeof RelayMessage>

/** GET /v1/me → whose token it is: the cheapest check of address and token. */
export const RelayMe = z.strictObject({ name: z.string(), role: z.string() })
export type RelayMe = z.infer<typeof RelayMe>

/** Every refusal has this body; `code` is stable, `message` says what to do. */
export const RelayProblem = z.strictObject({
  code: z.enum([
    'unauthorized',
    'forbidden',
    'invalid',
    'not_found',
    'idempotency_conflict',
    /** Somebody else has changed it meanwhile: `conflict` tells what. */
    'conflict',
    'idempotency_key_required',
    'too_many_requests',
    'too_large',
    /** Of POST /v1/pairings: mistyped, traded already, older than ten minutes. */
    'pairing_code_unknown',
    'pairing_code_used',
    'pairing_code_expired',
    /** This relay has no gateway for the channel: its administrator must set one up. */
    'not_configured',
    'unavailable',
    'internal',
  ]),
  message: z.string(),
  /** Of a campaign that can't be published: everything that is wrong with it. */
  problems: z.array(CampaignProblem).optional(),
  conflict: CampaignConflict.optional(),
})
export type RelayProblem = z.infer<typeof RelayProblem>
