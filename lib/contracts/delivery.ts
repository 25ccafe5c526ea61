import type { DeliveryReason, EffectType, MessageState, StoredEffect } from './effect.ts'

/** What became of one effect that was handed to a carrier. */
export type DeliveryOutcome =
  /** Happened; `detail` is a note for people, if there is one to make. */
  | {
      kind: 'done'
      remoteId: string | null
      message: MessageState | null
      detail: string | null
    }
  /** Surely did not happen, and may be tried again by itself; not before `notBeforeMs` (epoch). */
  | { kind: 'retry'; reason: DeliveryReason; detail: string; notBeforeMs?: number }
  /** Nobody knows: look it up before it is repeated. */
  | { kind: 'unknown'; reason: DeliveryReason; detail: string }
  /** Surely did not happen, and never will without a person. */
  | { kind: 'refused'; reason: DeliveryReason; detail: string }

/** What a look-up of an effect of unknown fate found. */
export type Found =
  | {
      kind: 'found'
      remoteId: string | null
      message: MessageState | null
      detail: string | null
    }
  /** It is not there, or repeating it harms nobody: it may be sent. */
  | { kind: 'absent' }
  /** There is no way to know; it is not repeated, and `detail` says so to people. */
  | { kind: 'unknowable'; detail: string }
  /** The look-up itself failed: still in doubt. */
  | { kind: 'unanswered'; reason: DeliveryReason; detail: string }

/**
 * Takes effects to one destination. Both methods get effects of one attempt, in their order,
 * answer by effect id, and never throw for what the other side or the network did.
 */
export interface Carrier {
  readonly types: readonly EffectType[]
  deliver(effects: readonly StoredEffect[]): Promise<Map<string, DeliveryOutcome>>
  find(effects: readonly StoredEffect[]): Promise<Map<string, Found>>
}
