import type { PresenceState } from '../../lib/contracts/relay-presence.ts'

export interface DeviceState {
  state: PresenceState
  since: Date
}

/** Busy with a client, the busiest first: what one device does, the person can't escape on another. */
const BUSY: readonly PresenceState[] = ['in_call', 'ringing', 'after_call']

/**
 * What a person does, from what his devices tell: the busiest of them; with none busy, what he
 * said last, so that «away» in one window is not undone by another that merely lies open.
 */
export function mergeDevices(devices: readonly DeviceState[]): DeviceState | null {
  for (const state of BUSY) {
    const busy = devices.filter((device) => device.state === state)
    // Since the first of them.
    if (busy.length > 0) return busy.reduce((a, b) => (a.since <= b.since ? a : b))
  }
  return devices.length === 0 ? null : devices.reduce((a, b) => (b.since > a.since ? b : a))
}
