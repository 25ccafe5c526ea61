import { z } from 'zod'
import { AttemptRecord, CallFacts } from './attempt.ts'
import { CampaignRef } from './campaign.ts'
import { CardRef } from './card.ts'
import { ClientLanguage, Instant } from './common.ts'
import { StopListRequest } from './relay-stop-list.ts'

const base = { card: CardRef, attemptId: z.uuid() }

/** Everything that saving a result does to the world outside: a closed union. */
export const Effect = z.discriminatedUnion('type', [
  /** The call activity; its description holds the record. `call` is null when nothing was dialled. */
  z.strictObject({
    type: z.literal('call_record'),
    ...base,
    call: CallFacts.nullable(),
    subject: z.string(),
    record: AttemptRecord,
  }),
  /** A comment in the timeline. */
  z.strictObject({ type: z.literal('comment'), ...base, text: z.string() }),
  z.strictObject({
    type: z.literal('todo'),
    ...base,
    title: z.string(),
    description: z.string(),
    deadline: Instant,
    /** Bitrix24 user. */
    responsibleId: z.int().positive(),
  }),
  /** An earlier callback's to-do is completed. State, not event. */
  z.strictObject({ type: z.literal('todo_done'), ...base, todoId: z.int().positive() }),
  /** State, not event: writing it twice harms nobody. Names are the portal's. */
  z.strictObject({
    type: z.literal('fields'),
    ...base,
    stageId: z.string().nullable(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  }),
  z.strictObject({
    type: z.literal('notification'),
    ...base,
    userId: z.int().positive(),
    text: z.string(),
  }),
  /** Sent by the relay, from a template that it holds. */
  z.strictObject({
    type: z.literal('sms'),
    ...base,
    campaign: CampaignRef,
    template: z.string(),
    language: ClientLanguage,
    to: z.string(),
    variables: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal('mail'),
    ...base,
    campaign: CampaignRef,
    template: z.string(),
    language: ClientLanguage,
    to: z.string(),
    variables: z.record(z.string(), z.string()),
  }),
  /** Entered into the relay's stop list: who is not to be reached any more. */
  z.strictObject({ type: z.literal('stop_list'), ...base, request: StopListRequest }),
])
export type Effect = z.infer<typeof Effect>
export type EffectType = Effect['type']

/** Which program an effect goes to. */
export function destinationOf(type: EffectType): 'portal' | 'relay' {
  return type === 'sms' || type === 'mail' || type === 'stop_list' ? 'relay' : 'portal'
}

/**
 * An effect on its way.
 *
 *   waiting ──▶ sending ──▶ done
 *      ▲           │ ├────▶ refused   (a person must decide)
 *      │  retry    │ └────▶ doubt     (fate unknown: looked up before it is repeated)
 *      └───────────┴──◀───────┘
 *
 * `sending` found at start means that we died meanwhile: it is a doubt.
 */
export const EffectState = z.enum(['waiting', 'sending', 'doubt', 'done', 'refused'])
export type EffectState = z.infer<typeof EffectState>

/** What became of a message after the relay took it. */
export const MessageState = z.enum([
  'queued',
  'submitting',
  'sent',
  'delivered',
  'undelivered',
  'failed',
])
export type MessageState = z.infer<typeof MessageState>

/**
 * What a gateway said of a message, without personal data; the interface translates it.
 * `mail_server`: the mail server took it; whether anybody read it nobody knows.
 * `in_doubt`: nobody knows whether the gateway took it, so it is not sent again (docs/adr/0012).
 */
export const MessageDetail = z.enum([
  'mail_server',
  'in_doubt',
  'gateway_busy',
  'gateway_unavailable',
  'gateway_login',
  'gateway_refused',
  'network_buffered',
  'network_refused',
  'not_reachable',
  /** The recipient came onto the stop list after the relay took the message. */
  'on_stop_list',
])
export type MessageDetail = z.infer<typeof MessageDetail>

/** Why an effect is not delivered yet; the interface translates it. */
export const DeliveryReason = z.enum([
  'away',
  'limit',
  'server_error',
  'unauthorized',
  /** The operator's account has no way to Bitrix24 any more; a strip says why. */
  'access_ended',
  'forbidden',
  'not_found',
  /** The relay holds no such template or campaign. */
  'template_missing',
  'invalid',
  'not_configured',
  'too_old',
])
export type DeliveryReason = z.infer<typeof DeliveryReason>

export const StoredEffect = z.strictObject({
  /** `<attemptId>:<type>` (and `:<n>` from the second on): the idempotency key. */
  id: z.string(),
  attemptId: z.uuid(),
  cardKey: z.string(),
  /** Order within the card. */
  seq: z.int().nonnegative(),
  effect: Effect,
  state: EffectState,
  /** Not before this instant, in epoch milliseconds. */
  dueAt: z.number(),
  tries: z.int().nonnegative(),
  reason: DeliveryReason.nullable(),
  /** For people: what the other side said, without secrets. */
  detail: z.string().nullable(),
  /** The other side's id, once known. */
  remoteId: z.string().nullable(),
  /** Of sms and mail, once the relay has it. */
  message: MessageState.nullable(),
  updatedAt: z.number(),
})
export type StoredEffect = z.infer<typeof StoredEffect>
