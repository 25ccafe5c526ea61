import { z } from 'zod'
import { Instant } from './common.ts'
import { StopListCopyEntry, StopSubject } from './relay-stop-list.ts'

/** One entry of the stop list that is about somebody of the card in hand, within its campaign. */
export const CardStop = z.strictObject({ subject: StopSubject, entry: StopListCopyEntry })
export type CardStop = z.infer<typeof CardStop>

/** Why a copy of the stop list is not used; the last good one is. See `CampaignTrouble`. */
export const StopListTrouble = z.enum(['forged', 'unknown_key', 'unreadable'])
export type StopListTrouble = z.infer<typeof StopListTrouble>

/** How it stands with the extension's own copy of the relay's stop list. */
export const StopListState = z.strictObject({
  /** When the relay last said that this is its list; null = it never gave one. */
  checkedAt: Instant.nullable(),
  trouble: StopListTrouble.nullable(),
})
export type StopListState = z.infer<typeof StopListState>
