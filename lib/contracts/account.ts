import { z } from 'zod'
import { Instant, Origin } from './common.ts'
import { BITRIX24_ENDS } from './relay-sign-in.ts'

/**
 * Why a signed-in account does not get to Bitrix24: its ends, that the relay has ended the
 * session, and, which passes by itself, that the relay does not answer. Each has one text and one
 * button.
 */
export const AccountTrouble = z.enum([...BITRIX24_ENDS, 'relay_signed_out', 'relay_away'])
export type AccountTrouble = z.infer<typeof AccountTrouble>

/** How it stands with the account that the settings name; without any secret. */
export const AccountState = z.strictObject({
  trouble: AccountTrouble.nullable(),
  /** The portal's new address, to which an administrator has agreed; null = none. */
  movedTo: Origin.nullable(),
})
export type AccountState = z.infer<typeof AccountState>

/** A sign-in under way, as the options page sees it. */
export const SignInProgress = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  /** `isAway`: the relay does not answer just now; it is asked again. */
  z.strictObject({ state: z.literal('waiting'), expiresAt: Instant, isAway: z.boolean() }),
  /** The settings have it already. */
  z.strictObject({ state: z.literal('done') }),
  z.strictObject({
    state: z.literal('failed'),
    why: z.enum(['expired', 'refused', 'not_configured', 'limit', 'away', ...BITRIX24_ENDS]),
  }),
])
export type SignInProgress = z.infer<typeof SignInProgress>

/** What became of agreeing to a portal's new address. */
export type PortalMoveOutcome = 'moved' | 'forbidden' | 'refused' | 'away'
