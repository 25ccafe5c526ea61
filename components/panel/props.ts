import type { PanelState } from '../../lib/contracts/panel.ts'
import type { AudioLevels } from '../../lib/contracts/softphone.ts'
import type { PanelActions } from './actions.ts'
import type { PanelDomain } from './domain.ts'

/** Everything that the panel is given. */
export interface PanelProps {
  state: PanelState
  /** Loudness of both sides while talking. */
  levels: AudioLevels | null
  /** Epoch milliseconds; to be moved on once a second. */
  now: number
  actions: PanelActions
  domain: PanelDomain
  /** Counts connections to the background; a new one makes the draft be sent again. */
  connection?: number
  /** The background is away: what is shown may be old. */
  isReconnecting?: boolean
}
