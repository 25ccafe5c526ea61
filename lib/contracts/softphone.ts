import { z } from 'zod'
import { CallFacts } from './attempt.ts'
import { CardRef } from './card.ts'

/** A SIP account at a registrar that speaks WebSocket. The password never leaves extension storage. */
export const SipAccount = z.strictObject({
  /** `wss://host[:port][/path]`. */
  server: z.string().regex(/^wss:\/\/[^\s]+$/),
  /** The domain of the address of record. */
  domain: z.string().min(1),
  user: z.string().min(1),
  password: z.string(),
  displayName: z.string(),
})
export type SipAccount = z.infer<typeof SipAccount>

/**
 * The registration:  off ─▶ connecting ─▶ registered ─▶ lost ─▶ connecting …
 *                                  └────▶ refused
 */
export const Registration = z.enum(['off', 'connecting', 'registered', 'refused', 'lost'])
export type Registration = z.infer<typeof Registration>

export const Microphone = z.enum(['unknown', 'granted', 'prompt', 'denied', 'missing', 'lost'])
export type Microphone = z.infer<typeof Microphone>

/**
 * A call:  dialling ─▶ ringing ─▶ talking ─▶ ended
 *              └───────────┴───────────────────┘
 */
export const CallState = z.enum(['dialling', 'ringing', 'talking', 'ended'])
export type CallState = z.infer<typeof CallState>

/** Why a call ended, in words that the interface has. */
export const CallEnd = z.enum([
  'hung_up',
  'client_hung_up',
  'no_answer',
  'busy',
  'refused',
  'unavailable',
  'number_unknown',
  'network',
  'microphone',
  'not_registered',
])
export type CallEnd = z.infer<typeof CallEnd>

export const CallSnapshot = z.strictObject({
  facts: CallFacts,
  card: CardRef.nullable(),
  state: CallState,
  /** Rings at most so long, then the call is cancelled; seconds. */
  waitSeconds: z.int().positive(),
  muted: z.boolean(),
  held: z.boolean(),
  end: CallEnd.nullable(),
})
export type CallSnapshot = z.infer<typeof CallSnapshot>

export const SoftphoneSnapshot = z.strictObject({
  registration: Registration,
  microphone: Microphone,
  /** What the registrar or browser said, for diagnostics. */
  detail: z.string().nullable(),
  call: CallSnapshot.nullable(),
})
export type SoftphoneSnapshot = z.infer<typeof SoftphoneSnapshot>

export const OFF: SoftphoneSnapshot = {
  registration: 'off',
  microphone: 'unknown',
  detail: null,
  call: null,
}

/** Loudness of both sides, each 0 … 1, told some times a second while talking. */
export const AudioLevels = z.strictObject({ microphone: z.number(), speaker: z.number() })
export type AudioLevels = z.infer<typeof AudioLevels>

export const DialRequest = z.strictObject({
  callId: z.uuid(),
  /** E.164, or an internal number. */
  number: z.string().regex(/^\+?[0-9*#]{1,32}$/),
  card: CardRef.nullable(),
  waitSeconds: z.int().positive(),
})
export type DialRequest = z.infer<typeof DialRequest>
