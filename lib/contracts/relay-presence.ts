import { z } from 'zod'
import { Instant } from './common.ts'
import { Role } from './role.ts'

/**
 * What somebody at work is doing, as his softphone tells. Nobody tells «off»: who is off shift
 * doesn't tell anything, and what was told last expires by itself.
 */
export const PresenceState = z.enum(['free', 'ringing', 'in_call', 'after_call', 'away'])
export type PresenceState = z.infer<typeof PresenceState>

/** How often a device repeats itself, and how long it is believed without, seconds. */
export const PRESENCE_BEAT_SECONDS = 30
export const PRESENCE_EXPIRY_SECONDS = 90

/** PUT /v1/presence: what this device tells; `state: null` = it has gone. Repeating is harmless. */
export const RelayPresenceReport = z.strictObject({
  /** One browser profile; a person may have several. */
  deviceId: z.uuid(),
  state: PresenceState.nullable(),
  /** Since when, by the device's clock. */
  since: Instant,
  callId: z.uuid().nullable(),
})
export type RelayPresenceReport = z.infer<typeof RelayPresenceReport>

/** One person at work, all devices taken together. */
export const PersonPresence = z.strictObject({
  person: z.strictObject({ id: z.string(), name: z.string(), role: Role }),
  state: PresenceState,
  since: Instant,
  /** How many devices told of it. */
  devices: z.int().positive(),
})
export type PersonPresence = z.infer<typeof PersonPresence>

/**
 * GET /v1/presence: who is at work. With `If-None-Match` and `waitSeconds` it waits for a change:
 * the answer is 304 when none came.
 */
export const RelayPresence = z.strictObject({ people: z.array(PersonPresence) })
export type RelayPresence = z.infer<typeof RelayPresence>
